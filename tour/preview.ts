/** Payloads as pages that resemble the platforms: enough to judge what a message says, in which order, and how long it is. */

type Json = Readonly<Record<string, unknown>>;

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const escaped = (value: string) => value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const lined = (value: string) => value.replaceAll('\n', '<br>');
/** A reader's own zone, in which both platforms show a time. */
const inKyiv = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Kyiv' });
/** With the UTC that our own format puts beside it. */
const dated = (seconds: number) => `${inKyiv.format(seconds * 1000)} (${new Date(seconds * 1000).toISOString().slice(11, 16)} UTC)`;

function pageOf(title: string, style: string, body: string): string {
  return `<!doctype html><meta charset="utf-8"><title>${escaped(title)}</title><style>
body{margin:0;padding:24px;font:15px/1.45 system-ui,"Noto Sans","Noto Color Emoji",sans-serif;max-width:640px}
.who{font-weight:700}.tag{font-size:11px;padding:1px 4px;border-radius:3px;margin-left:6px}.only{font-size:12px;margin-bottom:6px}
.button{display:inline-block;padding:5px 12px;margin:8px 8px 0 0;border-radius:4px;font-size:14px;font-weight:600}
ul{margin:4px 0 4px 20px;padding:0}${style}</style>${body}
<script>document.documentElement.dataset.height = Math.ceil(document.body.getBoundingClientRect().height)</script>`;
}

// ---------------------------------------------------------------- Slack

export function slackPage(title: string, payload: unknown): string {
  const message = payload as Json;
  const isPrivate = message.response_type === 'ephemeral' || message.ts === undefined;
  const blocks = list(message.blocks).map(slackBlock).join('');
  const style = `body{background:#fff;color:#1d1c1d}.tag{background:#e8e8e8;color:#616061}.only{color:#616061}a{color:#1264a3}
h3{margin:4px 0;font-size:18px}.block{margin:8px 0}.context{font-size:13px;color:#616061}.button{border:1px solid #bbb}.menu{border:1px solid #bbb}`;
  const only = isPrivate
    ? '<div class="only">👁 Only visible to you</div>'
    : message.thread_ts && message.thread_ts !== message.ts
      ? '<div class="only">in the thread</div>'
      : '';
  return pageOf(
    title,
    style,
    `${only}<div><span class="who">Attaché</span><span class="tag">APP</span></div>${blocks || `<p>${escaped(text(message.text))}</p>`}`,
  );
}

function slackBlock(block: Json): string {
  const wrapped = (inner: string, kind = '') => `<div class="block ${kind}">${inner}</div>`;
  switch (block.type) {
    case 'header':
      return `<h3>${slackText(block.text)}</h3>`;
    case 'divider':
      return '<hr>';
    case 'context':
      return wrapped(list(block.elements).map(slackText).join(' '), 'context');
    case 'section':
      return wrapped([block.text, ...list(block.fields)].filter(Boolean).map(slackText).join('<br>') + slackControl(block.accessory));
    case 'actions':
      return wrapped(list(block.elements).map(slackControl).join(''));
    case 'rich_text':
      return wrapped(list(block.elements).map(slackRich).join(''));
    default:
      return wrapped(escaped(JSON.stringify(block)));
  }
}

function slackText(value: unknown): string {
  return lined(escaped(text((value as Json | undefined)?.text)));
}

function slackControl(control: unknown): string {
  const { type, text: label, options } = (control ?? {}) as Json;
  if (type === 'overflow')
    return `<span class="button menu">⋯ ${list(options)
      .map((one) => slackText(one.text))
      .join(' · ')}</span>`;
  return type === 'button' ? `<span class="button">${slackText(label)}</span>` : '';
}

function slackRich(element: Json): string {
  const inner = () => list(element.elements).map(slackRich).join('');
  switch (element.type) {
    case 'rich_text_section':
      return `<div>${inner()}</div>`;
    case 'rich_text_list':
      return `<ul>${list(element.elements)
        .map((one) => `<li>${slackRich(one)}</li>`)
        .join('')}</ul>`;
    case 'rich_text_quote':
      return `<blockquote>${inner()}</blockquote>`;
    case 'rich_text_preformatted':
      return `<pre>${inner()}</pre>`;
    case 'text': {
      const said = lined(escaped(text(element.text)));
      return (element.style as Json | undefined)?.bold ? `<b>${said}</b>` : said;
    }
    case 'link':
      return `<a href="#">${escaped(text(element.text) || text(element.url))}</a>`;
    case 'date':
      return escaped(dated(Number(element.timestamp)));
    case 'user':
      return '<b>@ana</b>';
    default:
      return escaped(text(element.text));
  }
}

// ---------------------------------------------------------------- Discord

export function discordPage(title: string, payload: unknown): string {
  const message = payload as Json;
  const only = message.ephemeral ? '<div class="only">👁 Only you can see this</div>' : '';
  const embeds = list(message.embeds).map(discordEmbed).join('');
  const rows = list(message.components).flatMap((row) => list(row.components));
  const buttons = rows
    .map((button) => `<span class="button">${escaped(text(button.label))}${button.style === 5 ? ' ↗' : ''}</span>`)
    .join('');
  const style = `body{background:#313338;color:#dbdee1}.tag{background:#5865f2;color:#fff}.only{color:#949ba4}a{color:#00a8fc}
.embed{background:#2b2d31;border-left:4px solid #777;border-radius:4px;padding:10px 14px;margin:8px 0}.fields{display:flex;flex-wrap:wrap;gap:8px 20px;margin-top:8px}
.field{min-width:160px;font-size:14px}.wide{width:100%}.name{font-weight:700;font-size:13px}.foot{font-size:12px;color:#949ba4;margin-top:8px}.button{background:#4e5058;color:#fff}`;
  return pageOf(
    title,
    style,
    `${only}<div><span class="who">Attaché</span><span class="tag">APP</span></div><div>${discordText(message.content)}</div>${embeds}<div>${buttons}</div>`,
  );
}

function discordEmbed(embed: Json): string {
  const colour = `#${Number(embed.color ?? 0x777777)
    .toString(16)
    .padStart(6, '0')}`;
  const fields = list(embed.fields)
    .map(
      ({ name, value, inline }) =>
        `<div class="field ${inline ? '' : 'wide'}"><div class="name">${discordText(name)}</div>${discordText(value)}</div>`,
    )
    .join('');
  const words = discordText(embed.title);
  const title = embed.title ? `<div class="name">${embed.url ? `<a href="#">${words}</a>` : words}</div>` : '';
  const foot = embed.footer ? `<div class="foot">${escaped(text((embed.footer as Json).text))}</div>` : '';
  return `<div class="embed" style="border-color:${colour}">${title}${discordText(embed.description)}<div class="fields">${fields}</div>${foot}</div>`;
}

/** The markdown that we use ourselves: strong words, links, times, people, and escapes. */
function discordText(value: unknown): string {
  const marked = escaped(text(value))
    .replace(/&#60;t:(\d+):\w&#62;/g, (_, seconds: string) => inKyiv.format(Number(seconds) * 1000))
    .replace(/&#60;@&#38;?\d+&#62;|&#60;@\d+&#62;/g, '<b>@ana</b>')
    .replace(/(?<!\\)\[((?:\\.|[^\]\\])*)\]\(&#60;[^)]*&#62;\)/g, '<a href="#">$1</a>')
    .replace(/(?<!\\)\*\*((?:\\.|[^*\\])+)\*\*/g, '<b>$1</b>')
    .replace(/\\([^\w\s&])/g, '$1');
  return lined(marked);
}
