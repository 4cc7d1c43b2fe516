import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** All that /metrics shows. Names follow the Prometheus naming guide: unit in the name, `_total` on counters. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export const metrics = {
  inbound: new Counter({
    name: 'destek_inbound_messages_total',
    help: 'Messages received and stored.',
    labelNames: ['channel'],
    registers,
  }),
  repeated: new Counter({
    name: 'destek_inbound_repeated_total',
    help: 'Messages received again and not stored again.',
    labelNames: ['channel'],
    registers,
  }),
  decisions: new Counter({
    name: 'destek_decisions_total',
    help: 'Turns by what was decided.',
    labelNames: ['decision', 'language'],
    registers,
  }),
  deliveries: new Counter({
    name: 'destek_deliveries_total',
    help: 'Replies by channel and final state.',
    labelNames: ['channel', 'state'],
    registers,
  }),
  turnSeconds: new Histogram({
    name: 'destek_turn_seconds',
    help: 'From the end of the quiet time to the decision stored.',
    buckets,
    registers,
  }),
  deliverySeconds: new Histogram({
    name: 'destek_delivery_seconds',
    help: 'From a reply stored to the channel having taken it.',
    labelNames: ['channel'],
    buckets,
    registers,
  }),
  requestSeconds: new Histogram({
    name: 'http_request_duration_seconds',
    help: 'HTTP requests by route and status.',
    labelNames: ['method', 'route', 'status_code'],
    buckets,
    registers,
  }),
  invariants: new Gauge({
    name: 'destek_invariant_violations',
    help: 'Broken invariants found by the last check; always 0 in health.',
    labelNames: ['invariant'],
    registers,
  }),
  staffNotices: new Counter({
    name: 'destek_staff_notices_total',
    help: 'Words to staff outside of the desk by kind and final state.',
    labelNames: ['kind', 'state'],
    registers,
  }),
  sourceOut: new Gauge({
    name: 'destek_source_out',
    help: '1 while what a channel reads from or sends by (a mailbox, a server) is out; shown by the process that has the clock.',
    labelNames: ['channel', 'source'],
    registers,
  }),
  breaches: new Counter({
    name: 'destek_missed_deadlines_total',
    help: 'Deadlines of tickets that passed, by kind and department.',
    labelNames: ['kind', 'department'],
    registers,
  }),
  unread: new Counter({
    name: 'destek_turns_unread_total',
    help: 'Turns handed over to people unread, because two processes died over them.',
    registers,
  }),
  swept: new Counter({
    name: 'destek_swept_total',
    help: 'Obligations whose wake-up was lost and made again.',
    labelNames: ['queue'],
    registers,
  }),
};
