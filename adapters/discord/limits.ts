/** Discord's limits in UTF-16 units and counts, from its API reference. */
export const limits = {
  content: 2000,
  embeds: 10,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  /** Sum over all embeds of a message. */
  words: 6000,
  buttonsPerRow: 5,
  rows: 5,
  buttonLabel: 80,
  customId: 100,
  buttonUrl: 512,
  choices: 25,
  choice: 100,
  commandDescription: 100,
  threadName: 100,
  nonce: 25,
  /** Messages per page. */
  page: 100,
  /** Requests of one bot, all channels together; answers to interactions do not count. */
  perSecond: 50,
} as const;
