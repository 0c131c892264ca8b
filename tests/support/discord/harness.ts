/**
 * A counterpart for the Discord adapter: a small gateway and REST server of our own on loopback. Every body is checked against the schemas that
 * npm `discord-api-spec` generates from Discord's own OpenAPI document, and against the limits of the reference; what is wrong is written to
 * `violations`, which every test expects empty. It shows nothing of the live service.
 *
 * `-world` holds what stands there, `-gateway` and `-rest` are the two ways in, `-people` are those who use the bot, `-limits` checks.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PermissionFlagsBits } from 'discord.js';
import { openGateway } from './gateway.ts';
import { createPeople, type Person, type Reply, type Who } from './people.ts';
import { createRest, type Fault, type RouteName } from './rest.ts';
import { type Channel, channelShape, createWorld, type DiscordMessage, type Permission } from './world.ts';

export interface DiscordHarness {
  readonly apiUrl: string;
  readonly token: string;
  /** A server with one text channel, there from the start. */
  readonly guild: string;
  readonly channel: string;
  /** Those that were asked for besides. */
  readonly channels: readonly string[];
  /** What Discord would refuse, or what would leave a person without an answer. */
  readonly violations: string[];
  /** The registered commands. */
  readonly commands: unknown[];
  /** The routes that were called, in order. */
  readonly calls: RouteName[];
  /** Everything that stands in all channels, oldest first. */
  readonly messages: DiscordMessage[];
  /** What stands in one channel or thread. A thread has the id of the message that it began with. */
  messagesIn(channel: string): readonly DiscordMessage[];
  /** The bot is added to a server with these text channels; with the id of one that an outage took, it is back. */
  addGuild(name: string, channels?: readonly string[], id?: string): string;
  /** A text channel, an announcement channel (5), a forum (15), or direct messages (`guild: null`). */
  addChannel(
    channel: { readonly guild: string | null; readonly type?: 0 | 5 | 15; readonly name?: string } & Pick<Channel, 'tags' | 'needsTag'>,
  ): string;
  /** A channel, thread or post as it stands. */
  channelAt(id: string): Channel | undefined;
  /** The bot is removed from the server. */
  removeGuild(guild?: string): void;
  /** An outage takes the server away for a while. */
  loseGuild(guild?: string): void;
  removeChannel(channel: string): void;
  /** The channel denies the bot these permissions, and allows all others again. */
  deny(channel: string, ...permissions: readonly Permission[]): void;
  /** A person writes something. */
  say(channel: string, content: string): void;
  deleteMessage(id: string): void;
  /** Nonces are forgotten, messages grow old. */
  passTime(ms: number): void;
  /** The route's next answer; more of them queue up. */
  fail(route: RouteName, fault: Fault): void;
  /** From now on every route takes that long. */
  latency(ms: number): void;
  /** How many requests were refused because too many came. */
  tooFast(): number;
  person(who?: Who): Person;
  command(name: string, options?: Readonly<Record<string, string>>, mayChange?: boolean): Promise<Reply>;
  complete(name: string, option: string, typed: string): Promise<Reply>;
  press(customId: string): Promise<Reply>;
  /** What a deferred answer became. */
  edited(): Promise<string>;
  /** From now on the token is wrong. */
  revokeToken(): void;
  /** Cuts the gateway; the client resumes, or identifies anew where its session was forgotten. */
  dropGateway(how?: { readonly forget?: boolean }): void;
  resumed(): number;
  /** While down, the gateway answers 502, and REST goes on. */
  gatewayDown(down: boolean): void;
  /** While away, every request and every socket breaks off. */
  away(from: boolean): void;
  upgrades(): number;
  /** An event as the gateway sends them, whatever it holds. */
  emit(event: string, given: unknown): void;
  /** A frame as it is. */
  blurt(text: string): void;
  identified(): number;
  close(): Promise<void>;
}

const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.harness.token';

export interface DiscordOptions {
  /** Requests a second that it takes of the bot in all channels together; as many as come unless given. */
  readonly perSecond?: number;
  /** More text channels. */
  readonly channels?: readonly string[];
}

export async function startDiscord({ perSecond, channels = [] }: DiscordOptions = {}): Promise<DiscordHarness> {
  const violations: string[] = [];
  const world = createWorld();
  const guild = world.addGuild('Harness').id;
  const channel = world.addChannel({ guild }).id;
  const more = channels.map((name) => world.addChannel({ guild, name }).id);
  let revoked = false;
  const isToken = (given: string | undefined) => !revoked && given === token;
  let isAway = false;
  const server = createServer((request, response) => {
    if (isAway) request.socket.destroy();
    else void rest.handle(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const gatewayUrl = () => `ws://127.0.0.1:${port}`;
  const gateway = openGateway(server, { world, isToken, url: gatewayUrl, violations });
  const { emit } = gateway;
  const people = createPeople({ world, emit, violations });
  const rest = createRest({ world, people, emit, isToken, gatewayUrl, violations, ...(perSecond && { perSecond }) });

  const known = (id: string): Channel => {
    const found = world.channels.get(id);
    if (!found) throw new Error(`no channel ${id} in the harness`);
    return found;
  };
  const person = (who: Who = {}): Person => people.person(known(who.channel ?? channel), who);

  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    token,
    guild,
    channel,
    channels: more,
    violations,
    commands: rest.commands,
    calls: rest.calls,
    messages: world.messages,
    messagesIn: (id) => world.messages.filter((message) => message.channel_id === id),
    addGuild: (name, channels = [], back) => {
      const { id } = back === undefined ? world.addGuild(name) : { id: back };
      for (const one of channels) world.addChannel({ guild: id, name: one });
      emit('GUILD_CREATE', world.guildShape(id));
      return id;
    },
    addChannel: (wanted) => {
      const added = world.addChannel({ ...wanted, ...(wanted.guild === null && { type: 1 }) });
      if (added.guild !== null) emit('CHANNEL_CREATE', channelShape(added));
      return added.id;
    },
    channelAt: (id) => world.channels.get(id),
    removeGuild: (id = guild) => {
      world.removeGuild(id);
      emit('GUILD_DELETE', { id });
    },
    loseGuild: (id = guild) => emit('GUILD_DELETE', { id, unavailable: true }),
    removeChannel: (id) => {
      const gone = known(id);
      world.channels.delete(id);
      emit(gone.type === 11 ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channelShape(gone));
    },
    deny: (id, ...permissions) => {
      const changed = known(id);
      changed.denied = permissions.reduce((bits, permission) => bits | PermissionFlagsBits[permission], 0n);
      emit('CHANNEL_UPDATE', channelShape(changed));
    },
    say: (id, content) => void world.post({ channel_id: known(id).id, author: '400000000000000001', content, embeds: [], components: [] }),
    deleteMessage: world.remove,
    passTime: world.passTime,
    fail: rest.fail,
    latency: rest.latency,
    tooFast: rest.tooFast,
    person,
    command: (name, options = {}, mayChange = true) => person({ mayChange }).command(name, options),
    complete: (name, option, typed) => person().complete(name, option, typed),
    press: (customId) => person().press(customId),
    edited: people.edited,
    revokeToken: () => {
      revoked = true;
    },
    dropGateway: gateway.drop,
    resumed: () => gateway.count.resumed,
    gatewayDown: gateway.down,
    away: (from) => {
      isAway = from;
      gateway.down(from);
    },
    upgrades: () => gateway.count.upgrades,
    emit,
    blurt: gateway.blurt,
    identified: () => gateway.count.identified,
    close: async () => {
      gateway.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
