/** In a process of its own: what building the detector takes and holds. `node --expose-gc load.ts FOLDER`, FOLDER keeping what is compiled. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { detectorOf } from '../../src/cli/detector.ts';
import { readConfig } from '../../src/config.ts';

const [, , folder = ''] = process.argv;
/** Buffers are given back some time after what held them: twice, and a while between. */
const held = async () => {
  globalThis.gc?.();
  await setTimeout(50);
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const read = readConfig({ folders: [join(import.meta.dirname, '..', '..', 'config')], envFile: '' });
if ('problems' in read) throw new Error(read.problems.join('\n'));
const before = await held();
const began = process.cpuUsage();
const built = detectorOf(read.config, [folder]);
const { user, system } = process.cpuUsage(began);
const ms = (user + system) / 1000;
if ('problems' in built) throw new Error(built.problems.join('\n'));
const megabytes = ((await held()) - before) / 1e6;
const { findings } = built.detector.read({ title: 'US closes its embassy in Kabul', feedKind: 'news' });
process.stdout.write(JSON.stringify({ ms, megabytes, findings: findings.length }));
