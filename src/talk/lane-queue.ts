import type { LaneId } from '../model/channel.ts';

export function serialiseByLane(): <T>(lane: LaneId, work: () => Promise<T>) => Promise<T> {
  const last = new Map<LaneId, Promise<unknown>>();
  return (lane, work) => {
    const mine = (last.get(lane) ?? Promise.resolve()).then(work);
    const settled = mine
      .catch(() => undefined)
      .then(() => {
        if (last.get(lane) === settled) last.delete(lane);
      });
    last.set(lane, settled);
    return mine;
  };
}
