import { signal } from '@preact/signals';
import type { Me } from '../../../src/server/desk/protocol.ts';

/** Who is signed in: undefined until asked, null where nobody is. */
export const me = signal<Me | null | undefined>(undefined);

/** The name of a department in the language of the screen. */
export function departmentName(id: string): string {
  return me.value?.allDepartments.find((department) => department.id === id)?.name ?? id;
}

export const isSupervisor = () => me.value?.role === 'supervisor';
