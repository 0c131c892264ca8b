import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { configFolder as defaults } from '../support/project.ts';

/** A folder with its own copy of one file, changed; everything else comes from the defaults. */
function withChanged(name: string, change: (text: string) => string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'attache-config-'));
  writeFileSync(join(folder, name), change(readFileSync(join(defaults, name), 'utf8')));
  return [folder, defaults];
}

function problemsOf(folders: readonly string[], env: Record<string, string> = {}): readonly string[] {
  const read = readConfig({ folders, env });
  return 'problems' in read ? read.problems : [];
}

describe('configuration', () => {
  test('the defaults are right, and every source says its licence', () => {
    const read = readConfig({ folders: [defaults], env: {} });
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    expect(read.config.feeds.filter((feed) => feed.on).map((feed) => feed.id)).toContain('us-state');
    expect(read.config.feeds.every((feed) => feed.licence !== '' && feed.attribution !== '')).toBe(true);
    expect(read.config.places.country('Cote d’Ivoire')).toBe('CI');
    expect(read.config.places.countries('Sahel')).toContain('ML');
  });

  test.each([
    [
      'attache.yaml',
      'parallel: 8',
      'parallel: many',
      /^config\/attache\.yaml:\d+: collect\.parallel: found "many"; allowed: a whole number of documents from 1 to 64$/,
    ],
    ['attache.yaml', 'deadlineSeconds', 'deadlineSecond', /found the key "deadlineSecond"; allowed/],
    ['attache.yaml', 'level: info', 'level: loud', /log\.level: found "loud"; allowed: debug, info, warn, error$/],
    [
      'feeds.yaml',
      'kind: register',
      'kind: list',
      /^config\/feeds\.yaml:\d+: feeds\.0\.kind: found "list"; allowed: news, mission, register$/,
    ],
    ['feeds.yaml', 'https://travel', 'ftp://travel', /feeds\.0\.url: found "ftp:.*; allowed: an http\(s\) address$/],
    ['feeds.yaml', 'id: uk-fcdo', 'id: us-state', /feeds\.1\.id: found "us-state" a second time/],
    ['feeds.yaml', 'sender: GB', 'sender: UK', /feeds\.1\.sender: found "UK"; allowed: an ISO country code/],
    ['regions.yaml', 'countries: [EE', 'countries: [XX', /regions\.yaml: Baltics: found "XX"; allowed: an ISO country code/],
    ['feeds.yaml', 'language: en', 'language: ua', /feeds\.0\.language: found "ua"; allowed: the ISO 639-1 code of a language, such as en/],
    [
      'feeds.yaml',
      '  - id: us-state',
      '  - us-state-again\n  - id: us-state',
      /feeds\.0: found "us-state-again"; allowed: the keys id, url, kind/,
    ],
    ['feeds.yaml', 'feeds:', 'feeds: [', /^config\/feeds\.yaml:\d+: /],
    ['places.tsv', 'Kabul\tcapital', 'Kabul\ttown', /^config\/places\.tsv:\d+: found "Kabul/],
  ])('%s: "%s" written "%s" ends in one line that says what is allowed', (name, from, to, expected) => {
    const problems = problemsOf(withChanged(name, (text) => text.replace(from, to)));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.some((line) => expected.test(line) && !line.includes('\n'))).toBe(true);
  });

  test('a file that is missing is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'attache-config-'));
    cpSync(join(defaults, 'feeds.yaml'), join(folder, 'feeds.yaml'));
    expect(problemsOf([folder]).some((line) => line.startsWith('config/attache.yaml: not found'))).toBe(true);
  });

  describe('a folder of one’s own', () => {
    const own = (files: Readonly<Record<string, string>>) => {
      const folder = mkdtempSync(join(tmpdir(), 'attache-config-'));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      return [folder, defaults];
    };
    const settingsOf = (text: string) => {
      const read = readConfig({ folders: own({ 'attache.yaml': text }), env: {} });
      if ('problems' in read) throw new Error(read.problems.join('\n'));
      return read.config.settings;
    };

    test('an attache.yaml needs only the keys that differ', () => {
      const usual = settingsOf('');
      expect(settingsOf('collect:\n  allowHosts: [127.0.0.1]\nlog:\n  # level: debug\n')).toEqual({
        ...usual,
        collect: { ...usual.collect, allowHosts: ['127.0.0.1'] },
      });
      expect(settingsOf('slack: { http: { port: 8080 } }').slack).toEqual({ ...usual.slack, http: { host: '127.0.0.1', port: 8080 } });
    });

    test('another address than Slack’s or Discord’s own can be named', () => {
      const { slack, discord } = settingsOf(
        'slack: { apiUrl: "https://proxy.example/slack/api/" }\ndiscord: { apiUrl: "http://10.0.0.7:3001/api" }\n',
      );
      expect([slack.apiUrl, discord.apiUrl]).toEqual(['https://proxy.example/slack/api/', 'http://10.0.0.7:3001/api']);
      expect(discord.crosspost).toBe(false);
      expect(settingsOf('').slack.apiUrl).toBeUndefined();
      expect(settingsOf('').discord.apiUrl).toBeUndefined();
    });

    test.each([
      ['slack', 'https://proxy.example/api', '/api/'],
      ['slack', 'proxy.example/api/', '/api/'],
      ['discord', 'https://proxy.example/api/v10', '/api'],
      ['discord', 'ftp://proxy.example/api', '/api'],
    ])('%s: apiUrl: %s is one line that says how it ends', (platform, url, end) => {
      expect(problemsOf(own({ 'attache.yaml': `${platform}: { apiUrl: "${url}" }` }))).toEqual([
        `config/attache.yaml:1: ${platform}.apiUrl: found "${url}"; allowed: an http(s) address that ends in ${end}`,
      ]);
    });

    test.each([
      [
        'send: { paralel: 3 }',
        'config/attache.yaml:1: send: found the key "paralel"; allowed: the keys parallel, leaseSeconds, attempts, giveUpHours',
      ],
      ['\nlog: debug', 'config/attache.yaml:2: log: found "debug"; allowed: the keys level'],
      ['- a', /^config\/attache\.yaml:1: \(the file\): found \["a"\]; allowed: the keys database, collect, /],
    ])('%j is one clear line with the line of that file', (text, line) => {
      expect(problemsOf(own({ 'attache.yaml': text }))).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)]);
    });

    test.each([
      ['atache.yaml', 'attache.yaml'],
      ['attache.yml', 'attache.yaml'],
      ['feed.yaml', 'feeds.yaml'],
      ['Regions.yaml', 'regions.yaml'],
      ['settings.json', undefined],
    ])('%s is never read, and that is said', (name, meant) => {
      const [line, ...more] = problemsOf(own({ [name]: '', 'attache.db': '', 'feeds.yaml~': '', 'notes.txt': '' }));
      expect(more).toEqual([]);
      expect(line).toContain(`${name}: found a file that is never read`);
      expect(line?.includes('did you mean')).toBe(meant !== undefined);
      if (meant) expect(line).toContain(`did you mean ${meant}?`);
    });

    test('a row that lacks many keys is one line', () => {
      expect(problemsOf(own({ 'feeds.yaml': 'feeds:\n  - id: mine\n    url: https://news.example/rss\n' }))).toEqual([
        'config/feeds.yaml:2: feeds.0: found nothing for kind, tier, source, language, everyMinutes, licence, attribution, terms, on; allowed: a value for each, as in the default file',
      ]);
    });

    test('a lexicon there stands in for its own language alone', () => {
      const [folder = ''] = own({});
      mkdirSync(join(folder, 'lexicon'));
      cpSync(join(defaults, 'lexicon', 'de.yaml'), join(folder, 'lexicon', 'de.yaml'));
      const read = readConfig({ folders: [folder, defaults], env: {} });
      const files = 'config' in read ? read.config.lexicons.map(({ file }) => file) : [];
      expect(files).toContain('config/lexicon/en.yaml');
      expect(new Set(files).size).toBe(files.length);
    });
  });

  test('secrets come from the environment or from a file, and a wrong one is never shown', () => {
    const folder = mkdtempSync(join(tmpdir(), 'attache-config-'));
    writeFileSync(join(folder, 'bot'), 'xoxb-1-from-a-file\n');
    const read = readConfig({ folders: [defaults], env: { SLACK_BOT_TOKEN_FILE: join(folder, 'bot'), SLACK_APP_TOKEN: 'xapp-1' } });
    expect('config' in read && read.config.secrets).toEqual({ slackBotToken: 'xoxb-1-from-a-file', slackAppToken: 'xapp-1' });

    const wrong = problemsOf([defaults], { SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: 'xapp-1' });
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(/SLACK_BOT_TOKEN: .*xoxb-/);
    expect(wrong[0]).not.toContain('hunter2');
    expect(problemsOf([defaults], { SLACK_BOT_TOKEN: 'xoxb-1' })[0]).toContain('SLACK_APP_TOKEN: found nothing');
  });

  test('an app for many workspaces needs all of its secrets, and no token of one workspace beside them', () => {
    const app = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c'.repeat(32), SLACK_SIGNING_SECRET: 's'.repeat(32) };
    const [now, before] = ['n'.repeat(44), 'b'.repeat(44)];
    const read = readConfig({ folders: [defaults], env: { ...app, ATTACHE_SECRET: now, ATTACHE_SECRET_OLD: before } });
    expect('config' in read && read.config.secrets.slackForMany?.secrets).toEqual([now, before]);
    expect(problemsOf([defaults], app)).toEqual([expect.stringMatching(/ATTACHE_SECRET: found nothing.*openssl rand/)]);
    expect(problemsOf([defaults], { SLACK_CLIENT_ID: '1.2' })).toHaveLength(2);
    expect(problemsOf([defaults], { ...app, ATTACHE_SECRET: 'short' })).toEqual([
      expect.stringContaining('ATTACHE_SECRET: found something else'),
    ]);
    const both = { ...app, ATTACHE_SECRET: now, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    expect(problemsOf([defaults], both)).toEqual([expect.stringContaining('SLACK_BOT_TOKEN: found it beside')]);
  });
});
