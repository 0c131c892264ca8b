/** The one table of commands: name, options, whether it changes what a channel gets. Platforms register it, the line reader reads by it. */
import type { CommandSpec, OptionSpec } from '../message.ts';

const option = (name: string, kind: OptionSpec['kind'], description: string, required = false): OptionSpec => ({
  name,
  kind,
  description,
  required,
});

export const commands: readonly CommandSpec[] = [
  {
    name: 'subscribe',
    description: 'Alerts for places in this channel',
    changes: true,
    options: [
      option('places', 'places', 'Countries or regions, or everywhere', true),
      option('about', 'topics', 'Topics: embassy-moves, evacuations, travel-advisories, security-alerts, borders, …'),
      option('from', 'places', 'Only these governments’ missions and advice'),
      option('min', 'word', 'From this severity up', false),
      option('with', 'text', 'Only with these words'),
      option('without', 'text', 'Not with these words'),
    ].map((one) => (one.name === 'min' ? { ...one, choices: ['info', 'notice', 'warning', 'critical'] } : one)),
  },
  { name: 'list', description: 'What this channel gets', changes: false, options: [] },
  {
    name: 'unsubscribe',
    description: 'Ends a subscription of this channel',
    changes: true,
    options: [option('id', 'subscription', 'Its number, or all', true)],
  },
  { name: 'pause', description: 'No alerts in this channel until resumed', changes: true, options: [] },
  { name: 'resume', description: 'Alerts again', changes: true, options: [] },
  {
    name: 'settings',
    description: 'How this channel gets its alerts: zone, quiet hours, digest',
    changes: true,
    options: [
      { ...option('zone', 'zone', 'Time zone, such as Europe/Kyiv'), positional: false },
      option('quiet', 'text', 'Quiet hours such as 23-07, or off; Critical passes'),
      option('digest', 'text', 'daily 08:00, weekly mon 07:30, cron …, or off'),
      option('ping', 'text', 'Whom a Critical alert pings: a role or person, or off'),
    ],
  },
  {
    name: 'country',
    description: 'Every government’s advice, missions’ postures, open events',
    changes: false,
    options: [option('place', 'place', 'A country', true)],
  },
  {
    name: 'embassy',
    description: 'One mission: where it works from, since when, said by whom',
    changes: false,
    options: [option('government', 'place', 'Whose mission', true), option('in', 'place', 'In which country', true)],
  },
  { name: 'latest', description: 'The latest events', changes: false, options: [option('place', 'places', 'Countries or regions')] },
  { name: 'search', description: 'Events with these words', changes: false, options: [option('words', 'text', 'Words to look for', true)] },
  {
    name: 'why',
    description: 'Why an alert was sent',
    changes: false,
    options: [option('alert', 'text', 'The alert’s id, from its foot', true)],
  },
  { name: 'digest', description: 'A digest of the last 24 hours, now', changes: false, options: [option('when', 'word', 'now')] },
  { name: 'test', description: 'A marked sample alert', changes: false, options: [] },
  { name: 'status', description: 'What can be read, what cannot, since when', changes: false, options: [] },
  { name: 'feeds', description: 'Every source with its state and terms', changes: false, options: [] },
  { name: 'help', description: 'What can be asked', changes: false, options: [] },
];
