/**
 * The command line: parses arguments, builds adapters, and exits with 0, 1 for a failure or 2 for
 * wrong use.
 */
import { Command, CommanderError, Option } from 'commander';
import type { DoctorChoice } from './cli/doctor.ts';
import type { AddChoice } from './cli/feeds.ts';
import type { ForgetChoice } from './cli/forget.ts';
import { buildDetector, Failure, fileProblem, loadConfig, located, version } from './cli/setup.ts';
import type { WhyChoice } from './cli/why.ts';
import { StoreUnavailable } from './ports/store.ts';

const program = new Command('attache')
  .description('Turns travel advisories and embassy moves into one living alert per event, on Slack, Discord or in the terminal.')
  .version(version)
  .option('--config <folder>', 'a folder whose files stand in for those of the same name in config/')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(attache --help lists the commands)');

const say = (line: string) => void process.stdout.write(`${line}\n`);
const config = () => loadConfig(program.opts<{ config?: string }>());

program
  .command('run', { isDefault: true })
  .description('the bot: reads the sources, alerts, answers; on the platforms whose tokens are there, else in the terminal')
  .option('--once', 'poll each source once, send, exit')
  .option('--database <file>', 'the embedded database, instead of the one that config/attache.yaml names')
  .option('--record <folder>', 'keep every fetched document there, for attache replay')
  .allowExcessArguments()
  .action(async (choice: { once?: boolean; database?: string; record?: string }, { args: [excess] }: Command) => {
    if (excess !== undefined) throw new Failure(notOurs(excess), 2);
    const { run } = await import('./cli/run.ts');
    process.exitCode = await run(config(), choice, config);
  });

program
  .command('demo')
  .description('the story of one relocation in a few seconds, from a recording; needs no token and no network')
  .action(async () => {
    const { demo } = await import('./cli/run.ts');
    await demo(config());
  });

program
  .command('classify')
  .description('JSON Lines in on stdin ({"id","title",…}), one verdict a line out')
  .action(async () => {
    const { classify } = await import('./cli/classify.ts');
    process.exitCode = await classify(buildDetector(config()), process.stdin, process.stdout);
  });

program
  .command('why')
  .description('which frame fits an item, on which words, which guard stopped it, and how sure it is: one item, an alert, or JSON Lines in')
  .argument('[alert]', 'the id of an alert: each of its sources is read again')
  .option('--title <text>', 'a headline')
  .option('--summary <text>', 'what stands below it')
  .option('--body <text>', 'and the rest')
  .addOption(new Option('--kind <kind>', 'of the feed that it came from').choices(['news', 'mission', 'register']))
  .option('--language <code>', 'that the feed claims, such as en')
  .option('--sender <country>', 'whose mission or register it is (ISO code)')
  .option('--host <country>', 'where the mission stands (ISO code)')
  .option('--json', 'one object an item')
  .option('--database <file>', 'the embedded database, instead of the one that config/attache.yaml names')
  .action(async (alert: string | undefined, choice: WhyChoice) => {
    if (alert === undefined && choice.title === undefined && process.stdin.isTTY)
      throw new Failure('say --title "…", or the id of an alert, or send JSON Lines on stdin', 2);
    const { why } = await import('./cli/why.ts');
    const read = config();
    const ports = { config: read, detector: buildDetector(read), input: process.stdin, output: process.stdout };
    process.exitCode = await why(alert, choice, ports);
  });

program
  .command('parse')
  .description('a feed document as JSON')
  .argument('<file>', 'a file, or - for stdin')
  .option('--base <url>', 'the address that it came from, for relative links')
  .option('--content-type <type>', 'the Content-Type that it came with')
  .option('--at <time>', 'ISO time of the fetch: later dates are clamped to it')
  .action(async (file: string, choice: { base?: string; contentType?: string; at?: string }) => {
    const { parseToJson } = await import('./cli/parse.ts');
    process.stdout.write(`${JSON.stringify(await parseToJson(file, choice))}\n`);
  });

program
  .command('replay')
  .description('what a recording would have alerted: one line per event and change')
  .argument('<path>', 'a JSON Lines file, or a folder that holds recording.jsonl')
  .option('--assignments', 'also one line for every item: its event, or why it was dropped')
  .action(async (path: string, choice: { assignments?: boolean }) => {
    const { replay } = await import('./cli/replay.ts');
    await replay(config(), path, choice, process.stdout);
  });

program
  .command('render')
  .description('lines of replay in on stdin, the calls that a platform would get out')
  .addOption(new Option('--platform <name>', 'whose payload').choices(['slack', 'discord', 'terminal']).makeOptionMandatory())
  .action(async ({ platform }: { platform: 'slack' | 'discord' | 'terminal' }) => {
    const [{ render }, { rendererOf }] = await Promise.all([import('./cli/render.ts'), import('./cli/platforms.ts')]);
    process.exitCode = await render(await rendererOf(platform), process.stdin, process.stdout);
  });

const feeds = program.command('feeds').description('the sources: which there are, how they are read, more of them, fewer');

feeds
  .command('list', { isDefault: true })
  .description('every source with its state, terms and licence')
  .option('--json', 'one object a line')
  .option('--database <file>', 'the embedded database, instead of the one that config/attache.yaml names')
  .allowExcessArguments()
  .action(async (choice: { json?: boolean; database?: string }, { args: [excess] }: Command) => {
    if (excess !== undefined)
      throw new Failure(`no command "feeds ${excess}"; there are: ${feeds.commands.map((one) => `feeds ${one.name()}`).join(', ')}`, 2);
    const { list } = await import('./cli/feeds.ts');
    await list(config(), choice, say);
  });

feeds
  .command('add')
  .description('finds the feed at an address or on its page, reads it once, and writes it into feeds.yaml')
  .argument('<address>', 'of a feed, or of a page that announces one')
  .option('--id <id>', 'a short name, for good; else from the address')
  .option('--source <name>', 'the publisher as alerts name it; else the feed’s title')
  .option('--language <code>', 'such as en; else what the feed says')
  .option('--every <minutes>', 'how often to ask, 1 to 1440; 5 unless given')
  .option('--official', 'it speaks for a government: what it reports counts as confirmed')
  .option('--sender <country>', 'with --host: the feed of a mission, whose country it speaks for (ISO code)')
  .option('--host <country>', 'with --sender: where the mission stands (ISO code)')
  .action(async (address: string, choice: AddChoice) => {
    const { add } = await import('./cli/feeds.ts');
    await add(address, { ...choice, ...program.opts<{ config?: string }>() }, config(), say);
  });

feeds
  .command('remove')
  .description('takes a source out of feeds.yaml')
  .argument('<id>', 'as feeds list shows it')
  .action(async (id: string) => {
    config();
    const { remove } = await import('./cli/feeds.ts');
    remove(id, program.opts<{ config?: string }>(), say);
  });

feeds
  .command('import')
  .description('puts the feeds of an OPML file, as feed readers export one, into feeds.yaml: all of them or none')
  .argument('<file>', 'the OPML file')
  .action(async (file: string) => {
    const { importOpml } = await import('./cli/feeds.ts');
    importOpml(file, program.opts<{ config?: string }>(), config(), say);
  });

feeds
  .command('export')
  .description('every source as OPML, for feed readers and for feeds import')
  .argument('[file]', 'where to write it; else to standard output')
  .action(async (file: string | undefined) => {
    const { exportOpml } = await import('./cli/feeds.ts');
    exportOpml(file, config(), say);
  });

feeds
  .command('test')
  .description('asks one source now and says what it gives and what would be found in it; keeps nothing')
  .argument('<id or address>', 'a source of feeds.yaml, or any address')
  .action(async (wanted: string) => {
    const { test } = await import('./cli/feeds.ts');
    await test(wanted, config(), say);
  });

program
  .command('doctor')
  .description(
    'looks at tokens, scopes, channels, the database and every source, and says what is wrong and how to mend it; exit code 1 then',
  )
  .option('--fetch', 'ask every source now, instead of saying how it was read last')
  .option('--json', 'one object a line')
  .option('--database <file>', 'the embedded database, instead of the one that config/attache.yaml names')
  .action(async (choice: DoctorChoice) => {
    const { doctor } = await import('./cli/doctor.ts');
    process.exitCode = await doctor(config(), choice, say);
  });

program
  .command('reload')
  .description('the running bot reads its sources and settings again; where one is wrong it goes on with what it had, and says so')
  .option('--database <file>', 'the embedded database that it runs on, instead of the one that config/attache.yaml names')
  .action(async (choice: { database?: string }) => {
    const { reload } = await import('./cli/reload.ts');
    await reload(config, choice, say);
  });

program
  .command('forget')
  .description(
    'erases what is kept of a workspace, a server or a channel, with its subscriptions, messages and tokens; also beside a running bot',
  )
  .argument('<workspace, server or channel>', 'its id, such as T0123 or 1234567890, or slack:T0123:C0456')
  .option('--yes', 'erase it; without this, what would be erased is shown')
  .option('--database <file>', 'the embedded database, instead of the one that config/attache.yaml names')
  .action(async (wanted: string, choice: ForgetChoice) => {
    const { forget } = await import('./cli/forget.ts');
    await forget(wanted, choice, config(), say);
  });

program
  .command('db')
  .description('the database')
  .command('backup')
  .description('a copy of the embedded database in one new file, also beside a running bot')
  .argument('<file>', 'that is not there yet')
  .option('--database <file>', 'the embedded database, instead of the one that config/attache.yaml names')
  .action(async (file: string, choice: { database?: string }) => {
    const { backup } = await import('./cli/backup.ts');
    await backup(file, choice, config(), say);
  });

program
  .command('places')
  .description('the names of countries, peoples and cities')
  .command('check')
  .description('whether every country is known by its name in every language, and how names that mean several things are taken')
  .action(async () => {
    const [{ checkPlaces, reportPlaces }, { detectorParts }] = await Promise.all([import('./cli/places.ts'), import('./cli/detector.ts')]);
    const read = config();
    const made = detectorParts(read);
    if ('problems' in made) throw new Failure(made.problems.join('\n'));
    process.exitCode = reportPlaces(checkPlaces(read.places, made.parts.lexicons), say);
  });

program
  .command('feedback')
  .description('what people called wrong')
  .command('export')
  .description('one report a line, with what was found in it and what was wrong: JSON Lines for an evaluation')
  .option('--database <file>', 'the embedded database, instead of the one that config/attache.yaml names')
  .action(async (choice: { database?: string }) => {
    const { exportFeedback } = await import('./cli/feedback.ts');
    await exportFeedback(config(), choice, process.stdout);
  });

/** A bare `attache` means `run`, so an unknown command arrives there. */
function notOurs(word: string): string {
  if (program.args[0] === 'run') return `run takes options only: found "${word}"; attache run --help lists them`;
  return `no command "${word}"; there are: ${program.commands.map((one) => one.name()).join(', ')} (attache --help says what each does)`;
}

// A reader that goes away (`| head`) ends the command quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof Failure) {
    process.stderr.write(`attache: ${located(error.message, program.opts<{ config?: string }>())}\n`);
    process.exitCode = error.exitCode;
  } else if (error instanceof StoreUnavailable) {
    process.stderr.write(`attache: ${error.message}\n`);
    process.exitCode = 1;
  } else if (fileProblem(error)) {
    process.stderr.write(`attache: ${fileProblem(error)}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
