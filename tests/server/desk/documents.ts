import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { smallKnowledge } from '../../setup/small-knowledge.ts';
import { until } from '../../setup/until.ts';
import type { Visitor } from '../../setup/visitor.ts';

const topic = `department: verification
policy: handoff
action: upload-documents
tr: { title: Kimlik doğrulama, questions: [kimliğimi nasıl gönderirim, kimlik belgesi yüklemek istiyorum, pasaportumu nereye göndereceğim, doğrulama belgelerini göndermek istiyorum], answer: "Kimliğinizi ve adres belgenizi hazırlayın." }
en: { title: Sending documents, questions: [how do i send my id, i want to upload my identity card, where do i send my passport, i want to submit my verification documents], answer: "Please have your identity card and a proof of address ready." }
az: { title: Sənəd göndərmək, questions: [vəsiqəmi necə göndərim, şəxsiyyət vəsiqəsini yükləmək istəyirəm, pasportumu hara göndərim, təsdiq sənədlərini göndərmək istəyirəm], answer: "Şəxsiyyət vəsiqənizi və ünvan sənədinizi hazırlayın." }
`;

/** The small knowledge with a topic that asks for documents; a folder of its own. */
export async function knowledgeWithDocuments(more = topic): Promise<string> {
  const dir = path.join(await mkdtemp(path.join(os.tmpdir(), 'destek-documents-')), 'knowledge');
  await cp(smallKnowledge, dir, { recursive: true });
  await writeFile(path.join(dir, 'account', 'documents.yaml'), more);
  return dir;
}

/** The newest link to send documents by that a visitor was given. */
export function linkGiven(visitor: Visitor): Promise<string> {
  return until(() => visitor.messages.flatMap(({ text }) => text.match(/http\S+\/upload\/[\w.-]+/g) ?? []).at(-1));
}

/** Sends files by an upload page, as a browser does without a script. */
export async function upload(
  link: string,
  files: { name: string; bytes: Uint8Array; type?: string }[],
): Promise<{ status: number; page: string }> {
  const form = new FormData();
  for (const { name, bytes, type } of files) form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const response = await fetch(link, { method: 'POST', body: form });
  return { status: response.status, page: await response.text() };
}
