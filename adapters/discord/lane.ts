import type { LaneId } from '../../src/model/channel.ts';
import type { MessageRef } from '../../src/model/delivery.ts';

export function laneOf(guild: string | null, channel: string | null): LaneId {
  return `discord:${guild ?? '@me'}:${channel ?? ''}`;
}

export function channelOf(lane: LaneId): string {
  return lane.split(':')[2] ?? '';
}

export function guildOf(lane: LaneId): string {
  return lane.split(':')[1] ?? '@me';
}

export function refOf(lane: LaneId, { id, channel_id: channel }: { readonly id: string; readonly channel_id: string }): MessageRef {
  return { channel, id, url: `https://discord.com/channels/${guildOf(lane)}/${channel}/${id}` };
}
