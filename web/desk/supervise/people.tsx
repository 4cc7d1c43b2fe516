import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { explain } from '../core/explain.ts';
import { departmentName } from '../core/me.ts';
import { initials } from '../view/account-menu.tsx';
import { Dialog } from '../view/dialog.tsx';
import { Problem } from '../view/problem.tsx';
import { type Key, nameOf, say } from '../words.ts';
import { type AgentLine, agents, agentsProblem, fetchAgents } from './agents.ts';
import { InviteForm } from './invite-form.tsx';

const inviting = signal(false);

/** Everybody who works at the desk, for supervisors; and how somebody new is invited. */
export function People() {
  useEffect(() => {
    void fetchAgents();
    // Who is there changes without an event.
    const timer = setInterval(() => document.hidden || void fetchAgents(), 15_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <main class="page" aria-labelledby="page-title">
      <div class="page-head">
        <div>
          <h1 id="page-title" tabIndex={-1}>
            {say('agents')}
          </h1>
          <p>{say('agents_lead')}</p>
        </div>
        <button
          type="button"
          class="main"
          onClick={() => {
            inviting.value = true;
          }}
        >
          {say('invite')}
        </button>
      </div>
      <Problem text={agentsProblem.value ? explain(agentsProblem.value) : ''} />
      {agents.value ? (
        <ul class="people">
          {agents.value.map((agent) => (
            <Person key={agent.id} agent={agent} />
          ))}
        </ul>
      ) : (
        <p class="nothing">{agentsProblem.value ? '' : say('loading')}</p>
      )}
      <Dialog open={inviting} title={say('invite')}>
        <InviteForm
          close={() => {
            inviting.value = false;
          }}
        />
      </Dialog>
    </main>
  );
}

function Person({ agent }: { agent: AgentLine }) {
  const state = agent.disabled ? 'disabled' : agent.invited ? 'invited' : agent.presence;
  return (
    <li class={agent.disabled ? 'person off' : 'person'}>
      <span class="face" data-initials={initials(agent.name)} />
      <div class="person-name">
        <strong>{agent.name}</strong>
        <span>{agent.email}</span>
      </div>
      <p class="person-role">
        {say(agent.role)}
        {agent.languages.length > 0 && <span>{agent.languages.map((code) => nameOf('language', code)).join(', ')}</span>}
      </p>
      <p class="tags">
        {agent.departments.map((id) => (
          <span class="tag" key={id}>
            {departmentName(id)}
          </span>
        ))}
      </p>
      <p class="person-state">
        <span class={`dot ${state}`} />
        {say(state as Key)}
      </p>
    </li>
  );
}
