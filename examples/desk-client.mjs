// Works at the desk over HTTP: signs in, reads who waits, takes a ticket, answers it, resolves it. No dependency; Node 20 or newer.
//   DESTEK_URL=https://support.example.com DESTEK_EMAIL=… DESTEK_PASSWORD=… node examples/desk-client.mjs

/** Signs in; returns `call(method, path, body)` for everything under /api/desk/. It throws what the server refuses, with its `code` and `status`. */
export async function signIn(url, email, password) {
  let cookie = '';
  let csrf = '';
  const call = async (method, path, body) => {
    const response = await fetch(`${url}/api/desk/${path}`, {
      method,
      headers: { cookie, 'x-csrf': csrf, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const answer = response.status === 204 ? undefined : await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.message), { code: answer.code, status: response.status });
    return answer;
  };
  ({ csrf } = await call('POST', 'sign-in', { email, password }));
  return call;
}

/** Answers a ticket; where the contact wrote meanwhile (409 `conversation.stale`) it is read again first. */
export async function answer(call, ticketId, text) {
  const id = crypto.randomUUID(); // the same at every try: said once, however often it is sent
  for (let tries = 1; ; tries++) {
    const { heardSeq } = await call('GET', `tickets/${ticketId}`);
    try {
      return await call('POST', `tickets/${ticketId}/reply`, { id, text, seenSeq: heardSeq });
    } catch (error) {
      if (error.code !== 'conversation.stale' || tries === 3) throw error;
    }
  }
}

if (process.env.DESTEK_URL) {
  const call = await signIn(process.env.DESTEK_URL, process.env.DESTEK_EMAIL, process.env.DESTEK_PASSWORD);
  const { tickets } = await call('GET', 'tickets?list=waiting');
  for (const { id, number, department } of tickets) console.log(id, number, department);
}
