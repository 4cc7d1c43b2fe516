/** A kind of file that can be kept: what it is called and how names of it end, the usual ending first. */
export interface Kind {
  id: string;
  type: string;
  endings: string[];
  /** Files of one family may carry each other's endings: a JPEG that is called .png is no trick, a PDF that is called .jpg may be one. */
  family: 'image' | 'pdf' | 'text' | 'office';
}

/** All of them; desk.yaml says which are taken. */
export const kinds: Kind[] = [
  { id: 'pdf', type: 'application/pdf', endings: ['pdf'], family: 'pdf' },
  { id: 'jpg', type: 'image/jpeg', endings: ['jpg', 'jpeg', 'jfif'], family: 'image' },
  { id: 'png', type: 'image/png', endings: ['png'], family: 'image' },
  { id: 'heic', type: 'image/heic', endings: ['heic', 'heif'], family: 'image' },
  { id: 'webp', type: 'image/webp', endings: ['webp'], family: 'image' },
  { id: 'gif', type: 'image/gif', endings: ['gif'], family: 'image' },
  { id: 'txt', type: 'text/plain', endings: ['txt', 'text', 'log'], family: 'text' },
  { id: 'csv', type: 'text/csv', endings: ['csv'], family: 'text' },
  {
    id: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
    family: 'office',
  },
  { id: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'], family: 'office' },
];

/** For `<input accept>`: endings and types of these kinds. */
export function acceptOf(ids: string[]): string {
  const taken = kinds.filter(({ id }) => ids.includes(id));
  return taken.flatMap(({ endings, type }) => [...endings.map((ending) => `.${ending}`), type]).join(',');
}

/** For people: the kinds by their endings, `PDF, JPG, DOCX`. */
export function kindNames(ids: string[]): string {
  return kinds
    .filter(({ id }) => ids.includes(id))
    .map(({ id }) => id.toUpperCase())
    .join(', ');
}
