import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../support/project.ts';

const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' };

describe('npm start', () => {
  let server: Server;
  let own: string;

  beforeAll(async () => {
    server = createServer((_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    own = mkdtempSync(join(tmpdir(), 'attache-npm-'));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/news.xml`;
    writeFileSync(
      join(own, 'feeds.yaml'),
      `feeds:\n  - { id: news, url: "${url}", kind: news, tier: media, source: News, language: en, everyMinutes: 5, licence: l, attribution: a, terms: open, on: true }\n`,
    );
    writeFileSync(join(own, 'attache.yaml'), 'collect: { allowHosts: [127.0.0.1] }\n');
  });
  afterAll(() => void server.close());

  test('SIGTERM to npm ends the bot and frees its database', async () => {
    const database = join(own, 'a.db');
    const npm = spawn('npm', ['start', '--silent', '--', '--config', own, '--database', database], { cwd: root, env, detached: true });
    let said = '';
    // Closed once everybody who holds it has ended: npm, its shell and the bot.
    const allEnded = new Promise<void>((done) => npm.once('close', () => done()));
    await new Promise<void>((ready) =>
      npm.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        if (said.includes('Read 0 of 1 sources')) ready();
      }),
    );
    npm.kill('SIGTERM');
    const late = new Promise<string>((done) => setTimeout(() => done('still running'), 15_000).unref());
    const outcome = await Promise.race([allEnded.then(() => 'ended'), late]);
    const again = await new Promise<string>((done) =>
      execFile(join(root, 'bin', 'attache'), ['--config', own, 'run', '--once', '--database', database], { env }, (_, __, err) =>
        done(err),
      ),
    );
    npm.stdout.destroy();
    if (outcome !== 'ended' && npm.pid) process.kill(-npm.pid, 'SIGKILL');
    expect({ outcome, again }).toEqual({ outcome: 'ended', again: '' });
  }, 60_000);
});
