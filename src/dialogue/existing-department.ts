import type { Knowledge } from '../kb/topic.ts';

/** The department that takes what is meant for `wanted`: that one, or the first of departments.yaml where there is none such. */
export function existingDepartment(wanted: string, departments: Knowledge['departments']): string {
  return departments.some(({ id }) => id === wanted) ? wanted : (departments[0]?.id ?? wanted);
}
