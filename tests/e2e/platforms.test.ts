import { PassThrough } from 'node:stream';
import { createTerminal } from '../../adapters/terminal/platform.ts';
import { platformContract, type Stage } from '../contracts/platform.ts';
import { onDiscord, onSlack, type Stage as PayloadStage } from '../support/stages.ts';

/** All words of a structure, in order: what a reader could see of it. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(wordsIn).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([key]) => !/^(?:type|style|action_id|block_id|value|custom_id|url|emoji|verbatim)$/.test(key))
    .map(([, inner]) => wordsIn(inner))
    .filter(Boolean)
    .join('\n');
}

const payloads = ({ content, embeds, text, blocks }: Payload) => wordsIn([content, embeds, text, blocks]);

interface Payload {
  readonly content?: unknown;
  readonly embeds?: unknown;
  readonly text?: unknown;
  readonly blocks?: unknown;
}

/** What people read of the payloads: the words, and Discord's escapes away. */
async function read(open: () => Promise<PayloadStage>): Promise<Stage> {
  const stage = await open();
  const shown = (payload: unknown) => payloads(payload as Payload).replaceAll(/\\(?=[^\w\s])/g, '');
  return {
    ...stage,
    quiet: true,
    say: async (line) => shown(await stage.say(line)),
    press: async (act, value) => shown(await stage.press(act, value)),
    standing: async () => (await stage.standing()).map(({ payload }) => shown(payload)),
  };
}

async function inTerminal(): Promise<Stage> {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 200 });
  let written = '';
  output.on('data', (chunk: Buffer) => {
    written += chunk.toString('utf8');
  });
  const platform = createTerminal({ input, output, colour: false, interactive: true, zone: 'UTC' });
  const answered: string[] = [];
  const type = async (line: string) => {
    const before = written.length;
    input.write(`${line}\n`);
    const isAnswered = () => /\n\s*\S.*\n[\s\S]*\n/.test(written.slice(before).replace(line, ''));
    for (let turn = 0; turn < 400 && !isAnswered(); turn += 1) await new Promise((next) => setTimeout(next, 5));
    const answer = written.slice(before);
    answered.push(answer);
    return answer;
  };
  return {
    platform,
    lane: 'terminal:local:main',
    quiet: false,
    violations: [],
    say: type,
    press: (act, value) => type(`${act === 'acknowledge' ? 'ack' : act} ${value}`),
    standing: async () => {
      const rest = answered.reduce((text, answer) => text.replace(answer, ''), written);
      // Each card begins with its upper corner.
      return rest.split('┏━').slice(1);
    },
    close: () => platform.stop(),
  };
}

platformContract('Slack', () => read(onSlack));
platformContract('Discord', () => read(onDiscord));
platformContract('the terminal', inTerminal);
