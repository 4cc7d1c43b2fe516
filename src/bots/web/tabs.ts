import type { Position } from '../../conversation/channel.ts';
import type { ChatServer } from './visit.ts';

/** The room of all tabs of one visitor. */
export function roomOf(address: string): string {
  return `address:${address}`;
}

/** Lets the tabs of a visitor that are open here read on, `upTo`: only those that have not read so far. */
export function wakeTabs(io: ChatServer, address: string, upTo?: Position): void {
  for (const id of io.sockets.adapter.rooms.get(roomOf(address)) ?? []) void io.sockets.sockets.get(id)?.data.pump(upTo);
}

/** Shows in the tabs of a visitor that are open here that somebody writes to them. */
export function showTyping(io: ChatServer, address: string): void {
  io.to(roomOf(address)).emit('typing', {});
}
