import type { Finding } from '../model/finding.ts';

export function slotsOf(finding: Finding) {
  return {
    kind: finding.kind,
    status: finding.status,
    sender: finding.sender ?? null,
    hosts: finding.hosts,
    fromCity: finding.from?.name ?? null,
    toCity: finding.to?.name ?? null,
    level: finding.level ?? null,
    direction: finding.direction ?? null,
  };
}
