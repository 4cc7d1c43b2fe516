import { useSignal } from '@preact/signals';
import type { AgentLine } from '../../../src/server/desk/agent-protocol.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { tell } from '../core/toast.ts';
import { Dialog } from '../view/dialog.tsx';
import { Icon } from '../view/icon.tsx';
import { Menu } from '../view/menu.tsx';
import { say } from '../words.ts';
import { disableAgent, enableAgent, newLink, signOutAgent } from './agents.ts';
import { word } from './words.ts';

interface Props {
  agent: AgentLine;
  changed(): void;
  change(): void;
  hand(link: string): void;
}

/** What a supervisor may do with somebody; shutting out asks first. */
export function PersonActs({ agent, changed, change, hand }: Props) {
  const open = useSignal(false);
  const asking = useSignal(false);
  const act = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const refused = asRefused(error);
      tell(refused.code === 'agent.last-supervisor' ? word('last_supervisor') : explain(refused), { bad: true });
    }
    changed();
  };
  const shutOut = () => {
    asking.value = false;
    void act(async () => {
      const returned = await disableAgent(agent.id);
      tell(word('shut_out_told', { name: agent.name, count: returned }));
    });
  };
  const item = (label: string, run: () => void) => (
    <button type="button" role="menuitem" onClick={run}>
      {label}
    </button>
  );
  return (
    <div class="person-acts">
      <Menu open={open} face={<Icon name="down" />} label={word('acts_of', { name: agent.name })} class="round">
        {item(word('change'), change)}
        {!agent.disabled && item(word('new_link'), () => void act(async () => hand(await newLink(agent.id))))}
        {!agent.disabled &&
          item(
            say('sign_out_everywhere'),
            () =>
              void act(async () => {
                await signOutAgent(agent.id);
                tell(word('signed_out_told', { name: agent.name }));
              }),
          )}
        {agent.disabled
          ? item(word('let_in'), () => void act(async () => void (await enableAgent(agent.id))))
          : item(word('shut_out'), () => {
              asking.value = true;
            })}
      </Menu>
      <Dialog open={asking} title={word('shut_out_ask', { name: agent.name })}>
        <p>{word('shut_out_note')}</p>
        <p class="row end">
          <button
            type="button"
            class="quiet"
            onClick={() => {
              asking.value = false;
            }}
          >
            {word('cancel')}
          </button>
          <button type="button" class="main danger" onClick={shutOut}>
            {word('shut_out')}
          </button>
        </p>
      </Dialog>
    </div>
  );
}
