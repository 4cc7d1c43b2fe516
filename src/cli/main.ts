import process from 'node:process';
import { call } from './call.ts';

process.exitCode = (await call(process.argv.slice(2), { out: process.stdout, err: process.stderr })) ?? process.exitCode;
