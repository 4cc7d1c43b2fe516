/** A text as a search compares it: without case and marks, Turkish and Azerbaijani letters as a keyboard without them types them. */
export function fold(text: string): string {
  return text.toLocaleLowerCase('tr').normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').replaceAll('ə', 'e');
}
