/** What every command shares: where files are, the configuration, the detector built from it. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import type { Detector } from '../detect/detector.ts';
import type { PipelineSettings } from '../ingest/pipeline.ts';
import { detectorOf } from './detector.ts';

export const projectFolder = join(import.meta.dirname, '..', '..');
export const version = '0.1.0';
/** The one channel of a terminal. */
export const terminalLane = 'terminal:local:main';

/** Ends the command with one line on stderr: exit code 1 for a failure, 2 for wrong use. */
export class Failure extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

const fileReasons: Readonly<Record<string, string>> = {
  EACCES: 'may not be read or written here; check its permissions, or run as its owner',
  EPERM: 'may not be changed here; check its permissions, or run as its owner',
  EROFS: 'lies on a file system that cannot be written',
  ENOENT: 'is not there',
  ENOTDIR: 'leads through a file that is no folder',
  EISDIR: 'is a folder; name a file',
  EEXIST: 'is there already, and is no folder',
  ENOSPC: 'cannot be written: no space is left',
  EDQUOT: 'cannot be written: no space is left to you',
};

/** One line for what the file system refused; undefined for any other error, which is a bug of ours. */
export function fileProblem(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const reason = fileReasons[String(error.code)];
  return reason && `${String(error.path)}: ${reason} (${String(error.code)})`;
}

export interface ConfigChoice {
  /** A folder whose files stand in for those of the same name in `config/`. */
  readonly config?: string;
}

export function loadConfig(choice: ConfigChoice): Config {
  if (choice.config && !existsSync(choice.config))
    throw new Failure(`--config: found no folder "${choice.config}"; name one that is there`, 2);
  if (choice.config && !statSync(choice.config).isDirectory())
    throw new Failure(`--config: found the file "${choice.config}"; name the folder that holds it: --config ${dirname(choice.config)}`, 2);
  const defaults = join(projectFolder, 'config');
  const folders = choice.config ? [resolve(choice.config), defaults] : [defaults];
  const read = readConfig({ folders, envFile: join(projectFolder, '.env') });
  if ('problems' in read) throw new Failure(read.problems.join('\n'));
  return read.config;
}

/** What is wrong in a file of one's own folder is told with that file, since the default one has the same name. */
export function located(message: string, { config }: ConfigChoice): string {
  if (!config) return message;
  const withPlace = (line: string) =>
    line.replace(/\bconfig\/((?:lexicon\/)?[\w-]+\.(?:yaml|tsv))/, (file, name: string) => {
      const own = join(config, name);
      return existsSync(own) ? own : file;
    });
  return message.split('\n').map(withPlace).join('\n');
}

/** @throws Failure with one line for each wrong entry of a data file */
export function buildDetector(config: Config): Detector {
  const read = detectorOf(config);
  if ('problems' in read) throw new Failure(read.problems.join('\n'));
  return read.detector;
}

export function pipelineSettings({ settings }: Config): PipelineSettings {
  const hour = 3_600_000;
  return {
    version,
    oldAfterMs: settings.alert.oldAfterHours * hour,
    baselineMs: settings.alert.baselineDays * 24 * hour,
    lowerHoldMs: settings.registers.lowerHoldHours * hour,
    raisedTogether: settings.registers.raisedTogether,
  };
}
