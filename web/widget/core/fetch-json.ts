/** Reads JSON from the server; throws with the status as message where it does not answer 200. Never sends cookies. `headers`: more than it accepts. */
export async function fetchJson<T>(
  server: string,
  path: string,
  values: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await fetch(`${server}${path}?${new URLSearchParams(values)}`, {
    credentials: 'omit',
    headers: { accept: 'application/json', ...headers },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
