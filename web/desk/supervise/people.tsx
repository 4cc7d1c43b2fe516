import { useSignal } from '@preact/signals';
import type { AgentLine } from '../../../src/server/desk/agent-protocol.ts';
import { departmentName } from '../core/me.ts';
import { initials } from '../view/account-menu.tsx';
import { Dialog } from '../view/dialog.tsx';
import { type Key, nameOf, say } from '../words.ts';
import { fetchAgents } from './agents.ts';
import { useFetched } from './fetched.ts';
import { Loaded, Page } from './page.tsx';
import { PersonActs } from './person-acts.tsx';
import { PersonForm } from './person-form.tsx';
import { ShownOnce } from './shown-once.tsx';
import { word } from './words.ts';

type Shown = { what: 'invite' } | { what: 'change'; agent: AgentLine } | { what: 'link'; agent: AgentLine; link: string };

/** Everybody who works at the desk: invite, change, shut out, let in, sign out. */
export function People() {
  const agents = useFetched(fetchAgents, [], 15_000);
  const shown = useSignal<Shown>({ what: 'invite' });
  const open = useSignal(false);
  const show = (what: Shown) => {
    shown.value = what;
    open.value = true;
  };
  const close = (changed: boolean) => {
    open.value = false;
    if (changed) agents.again();
  };
  const now = shown.value;
  return (
    <Page
      title={say('agents')}
      lead={say('agents_lead')}
      actions={
        <button type="button" class="main" onClick={() => show({ what: 'invite' })}>
          {say('invite')}
        </button>
      }
    >
      <Loaded from={agents}>
        {(all) => (
          <ul class="people">
            {all.map((agent) => (
              <Person
                key={agent.id}
                agent={agent}
                changed={agents.again}
                change={() => show({ what: 'change', agent })}
                hand={(link) => show({ what: 'link', agent, link })}
              />
            ))}
          </ul>
        )}
      </Loaded>
      <Dialog open={open} title={now.what === 'invite' ? say('invite') : now.what === 'change' ? now.agent.name : say('link')}>
        {now.what === 'link' ? (
          <ShownOnce told={say('link_told', { name: now.agent.name })} label={say('link')} value={now.link} close={() => close(false)} />
        ) : (
          <PersonForm key={now.what === 'change' ? now.agent.id : 0} agent={now.what === 'change' ? now.agent : undefined} close={close} />
        )}
      </Dialog>
    </Page>
  );
}

function Person({ agent, ...acts }: { agent: AgentLine; changed(): void; change(): void; hand(link: string): void }) {
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
        <span>
          {[word('capacity_short', { count: agent.capacity }), ...agent.languages.map((code) => nameOf('language', code))].join(' · ')}
        </span>
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
      <PersonActs agent={agent} {...acts} />
    </li>
  );
}
