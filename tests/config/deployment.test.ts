/** The files that start Attaché as a service or in a container name what there is. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { configFolder, root } from '../support/project.ts';

const text = (name: string) => readFileSync(join(root, name), 'utf8');

test('the image copies files that are there and that its context lets in, and runs as nobody special', () => {
  const lines = text('Dockerfile').split('\n');
  const copied = lines.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(' ').slice(1, -1));
  expect(copied.length).toBeGreaterThan(6);
  expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  const allowed = text('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect(copied.filter((name) => !allowed.some((one) => name.replace('./', '').startsWith(one)))).toEqual([]);
  const user = lines.indexOf('USER attache');
  expect(user).toBeGreaterThan(lines.findIndex((line) => line.startsWith('FROM debian')));
  expect(lines.findIndex((line) => line.startsWith('CMD'))).toBeGreaterThan(user);
});

test('its settings are right, and its health check asks the port that they open', () => {
  const read = readConfig({ folders: [join(root, 'ops', 'container'), configFolder], env: {} });
  const port = 'config' in read ? read.config.settings.operations?.port : undefined;
  expect(port).toBe(9464);
  expect(text('Dockerfile')).toContain(`http://127.0.0.1:${port}/healthz`);
  const { services } = parse(text('compose.yaml'), { merge: true }) as {
    services: Record<string, { ports?: string[]; read_only?: boolean }>;
  };
  expect(Object.keys(services)).toEqual(['attache', 'attache-postgres', 'database']);
  for (const name of ['attache', 'attache-postgres']) {
    expect(services[name]).toMatchObject({ read_only: true, ports: [`127.0.0.1:${port}:${port}`] });
  }
});

test('the service starts the program of this project, and leaves the compiler of V8 its memory', () => {
  const unit = text('ops/attache.service');
  const [, program = ''] = /^ExecStart=\/opt\/attache\/(\S+)/m.exec(unit) ?? [];
  expect(existsSync(join(root, program))).toBe(true);
  expect(unit).not.toMatch(/^MemoryDenyWriteExecute=yes/m);
  expect(unit).toMatch(/^User=attache$/m);
});

test('every file that SECURITY.md names is there', () => {
  const named = [...text('SECURITY.md').matchAll(/`((?:src|adapters|tests|ops|config)\/[^`\s]*)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
