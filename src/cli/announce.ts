import { parseArgs } from 'node:util';
import { channels as makers } from '../bots/index.ts';
import type { Config } from '../config.ts';
import {
  type AnnouncementRules,
  createAnnouncement,
  listAnnouncements,
  resumeAnnouncement,
  stopAnnouncement,
  type Target,
} from '../delivery/announcement.ts';
import { partsFor } from '../delivery/announcement-text.ts';
import { Fault } from '../errors.ts';
import { loadKnowledge } from '../kb/load.ts';
import { withRecord } from './record.ts';
import { readAct, readDay, readTexts, textOptions } from './texts.ts';

/** `destek announce`: publishes on channels, lists, stops, goes on. A running Destek sends it. */
export async function announce(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      ...textOptions,
      to: { type: 'string', multiple: true },
      contact: { type: 'string', multiple: true },
      banner: { type: 'boolean' },
      until: { type: 'string' },
      at: { type: 'string' },
      preview: { type: 'boolean' },
    },
  });
  const [act = '', id = '', ...more] = positionals;
  const texts = readTexts(values);
  if (act) readAct(act, id, more, ['stop', 'resume']);
  else if (Object.keys(texts).length === 0) throw new Fault('call.wrong', 'Give the text in at least one language.');
  return withRecord(async ({ db }, config) => {
    if (act === 'list') {
      const all = await listAnnouncements(db);
      if (all.length === 0) console.log('There is no announcement.');
      for (const each of all) {
        console.log(
          `${each.id}  ${each.state.padEnd(9)}  ${each.startsAt.toISOString()}  ${each.banner ? 'banner  ' : ''}${firstLine(each.texts)}`,
        );
        for (const { channel, place, state, failure } of each.places)
          console.log(`      ${state.padEnd(9)} ${channel}:${place}${failure ? ` (${failure})` : ''}`);
      }
      return 0;
    }
    if (act === 'stop' || act === 'resume') {
      await (act === 'stop' ? stopAnnouncement : resumeAnnouncement)(db, Number(id));
      console.log(`Announcement ${id}: ${act === 'stop' ? 'stopped' : 'goes on'}.`);
      return 0;
    }
    const rules = await readRules(config);
    const targets = [...(values.to ?? []).map(readTarget), ...(values.contact ?? []).map((contact) => ({ contact: Number(contact) }))];
    if (values.preview) {
      for (const target of targets) if ('place' in target) preview(texts, target, rules, config);
      return 0;
    }
    const made = await createAnnouncement(
      db,
      { texts, targets, banner: values.banner ?? false, bannerUntil: readDay(values.until), startsAt: readDay(values.at) },
      rules,
    );
    console.log(`Announcement ${made.id} goes out at ${made.startsAt.toISOString()}. How far it is: destek announce list`);
    return 0;
  });
}

function readTarget(given: string): Target & { place: string } {
  const [, channel = '', place = '', languages] = /^([\w-]+):(.+?)(?::([a-z,-]+))?$/.exec(given) ?? [];
  if (!channel) throw new Fault('input.invalid', `“${given}” is no place.`, 'Write it as CHANNEL:PLACE or CHANNEL:PLACE:LANGUAGES.');
  return { channel, place, languages: languages?.split(',') };
}

async function readRules(config: Config): Promise<AnnouncementRules> {
  const { knowledge } = await loadKnowledge(config.KNOWLEDGE_DIR);
  const on = makers.flatMap(({ make }) => make(config) ?? []);
  return { channels: on.filter((each) => each.announce).map(({ name }) => name), defaultLanguage: knowledge.desk.defaultLanguage };
}

function preview(
  texts: Record<string, string>,
  target: Exclude<Target, { contact: number }>,
  rules: AnnouncementRules,
  config: Config,
): void {
  const channel = makers.flatMap(({ make }) => make(config) ?? []).find(({ name }) => name === target.channel);
  console.log(`--- ${target.channel}:${target.place}`);
  if (channel)
    for (const part of partsFor(texts, target.languages ?? [rules.defaultLanguage], channel.capabilities)) console.log(`${part}\n`);
  else console.log('(this channel is off)');
}

function firstLine(texts: Record<string, string>): string {
  return (Object.values(texts)[0] ?? '').replace(/\s+/g, ' ').slice(0, 60);
}
