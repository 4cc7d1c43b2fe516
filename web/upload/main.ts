import { bindForm } from './form.ts';

const form = document.querySelector('form');
if (form) bindForm(form);
