// @kapso/whatsapp-cloud-api against the simulator: every kind of message it knows, files,
// templates, a number's profile, webhooks.
//
//     node drive.mjs COMMAND…
//
// Listens for webhooks on a free port, then starts the command with `--callback` and that
// address, and reads from its first line of output where the simulator is. Prints a line of JSON
// for each step and one of all; ends with 1 when one failed.
//
// Nothing of the SDK is changed but its option `baseUrl`. It has no way of its own to answer the
// handshake or to serve HTTP: that is done here, and what comes goes through its
// `verifySignature` and `normalizeWebhook`.
//
// The environment can name other secrets than the simulator's own: WA_TOKEN, APP_SECRET,
// VERIFY_TOKEN.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { buildTemplateSendPayload, TemplateDefinition, WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";
import { messages } from "./messages.mjs";
import { templates } from "./templates.mjs";

const TOKEN = process.env.WA_TOKEN ?? "simulator-token";
const SECRET = process.env.APP_SECRET ?? "simulator-app-secret";
const VERIFY_TOKEN = process.env.VERIFY_TOKEN ?? "simulator-verify-token";
const CUSTOMER = "16505551234";
const TO = `+${CUSTOMER}`;
const PATIENCE = 5_000;

const bytes = (...start) => Buffer.concat([Buffer.from(start), Buffer.alloc(64)]);
const FILES = {
  image: ["image/png", bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  video: ["video/mp4", Buffer.concat([Buffer.from("\0\0\0\x18ftypmp42"), Buffer.alloc(64)])],
  audio: ["audio/mpeg", bytes(0x49, 0x44, 0x33, 0x03)],
  voice: ["audio/ogg", Buffer.concat([Buffer.from("OggS"), Buffer.alloc(64)])],
  document: ["application/pdf", Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(64)])],
  sticker: ["image/webp", Buffer.concat([Buffer.from("RIFFH\0\0\0WEBPVP8 "), Buffer.alloc(64)])],
};

/** Refuses what does not hold all that `wanted` holds. */
function holds(got, wanted, place = "") {
  if (wanted === undefined) return;
  if (typeof wanted !== "object" || wanted === null) {
    assert.equal(got, wanted, `at ${place}: ${JSON.stringify(got)}`);
    return;
  }
  assert.ok(typeof got === "object" && got !== null, `nothing at ${place}`);
  if (Array.isArray(wanted)) assert.equal(got.length, wanted.length, `how many at ${place}`);
  for (const [name, value] of Object.entries(wanted)) holds(got[name], value, `${place}/${name}`);
}

/** The business's server, and what the SDK made of what came to it. */
class Webhooks {
  heard = [];
  refused = 0;
  #waiting = [];

  async listen() {
    this.server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const [status, body] = this.#answer(request, Buffer.concat(chunks));
      response.writeHead(status).end(body);
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.url = `http://127.0.0.1:${this.server.address().port}/webhook`;
  }

  #answer(request, rawBody) {
    if (request.method === "GET") {
      const query = new URL(request.url, this.url).searchParams;
      const ours = query.get("hub.verify_token") === VERIFY_TOKEN;
      return ours ? [200, query.get("hub.challenge")] : [403, ""];
    }
    const signatureHeader = request.headers["x-hub-signature-256"];
    if (!verifySignature({ appSecret: SECRET, rawBody, signatureHeader })) {
      this.refused += 1;
      return [401, ""];
    }
    this.heard.push(normalizeWebhook(JSON.parse(rawBody)));
    for (const look of this.#waiting) look();
    return [200, ""];
  }

  /** The first of what `list` finds in a webhook that is `wanted`, once it has come. */
  waitFor(list, wanted) {
    const found = () => this.heard.flatMap(list).find(wanted);
    return new Promise((resolve, reject) => {
      const end = setTimeout(() => done(reject, new Error("no such webhook in time")), PATIENCE);
      const look = () => {
        const one = found();
        if (one) done(resolve, one);
      };
      const done = (settle, value) => {
        clearTimeout(end);
        this.#waiting = this.#waiting.filter((other) => other !== look);
        settle(value);
      };
      this.#waiting.push(look);
      look();
    });
  }

  message(wanted) {
    return this.waitFor((one) => one.messages, wanted);
  }

  status(wanted) {
    return this.waitFor((one) => one.statuses, wanted);
  }
}

/** The simulator's other side: the customers. */
class Steering {
  constructor(base) {
    this.base = base;
  }

  async ask(path, body, headers = { "content-type": "application/json" }) {
    const init = body === undefined ? {} : { method: "POST", headers, body };
    const response = await fetch(`${this.base}/simulator${path}`, init);
    assert.ok(response.ok, `${path}: ${response.status}`);
    return response.json();
  }

  async inbox() {
    return (await this.ask(`/customers/${CUSTOMER}/messages`)).data;
  }

  async writes(what) {
    const body = JSON.stringify({ name: "Ana", ...what });
    return (await this.ask(`/customers/${CUSTOMER}/messages`, body)).id;
  }
}

class Report {
  failed = [];
  steps = 0;

  async step(name, work) {
    this.steps += 1;
    const line = { step: name, ok: true };
    try {
      return await work();
    } catch (error) {
      // Any failure is a result, and the next step goes on.
      Object.assign(line, { ok: false, error: `${error}`.slice(0, 500) });
      this.failed.push(name);
      return undefined;
    } finally {
      console.log(JSON.stringify(line));
    }
  }
}

class Drive {
  constructor(started, webhooks) {
    this.wa = new WhatsAppClient({ baseUrl: started.base_url, accessToken: TOKEN });
    this.steering = new Steering(started.base_url);
    this.webhooks = webhooks;
    this.phoneNumberId = started.phone_number_id;
    this.businessAccountId = started.account_id;
    this.report = new Report();
  }

  step(name, work) {
    return this.report.step(name, work);
  }

  /** What is sent has arrived, last of all, and holds what is wanted. */
  async arrives(send, wanted) {
    // A business may write to a customer every six seconds, and owes for what came in a burst.
    await this.steering.ask("/clock", JSON.stringify({ seconds: 30 }));
    const before = (await this.steering.inbox()).length;
    const answer = await send();
    const inbox = await this.steering.inbox();
    assert.equal(inbox.length, before + 1, "messages that arrived");
    const last = inbox.at(-1);
    assert.equal(last.id, answer.messages[0].id);
    holds(last.raw, wanted);
    return answer.messages[0].id;
  }

  /** What is signed with the secret is taken, and nothing else. */
  async signatures() {
    const body = JSON.stringify({ object: "whatsapp_business_account", entry: [] });
    for (const [secret, status] of [["another", 401], [SECRET, 200]]) {
      const mark = createHmac("sha256", secret).update(body).digest("hex");
      const headers = { "x-hub-signature-256": `sha256=${mark}` };
      const answer = await fetch(this.webhooks.url, { method: "POST", headers, body });
      assert.equal(answer.status, status);
    }
  }

  /** A customer writes; it comes through the SDK's own reading. */
  async received() {
    const id = await this.steering.writes({ text: "Olá!" });
    const message = await this.webhooks.message((one) => one.id === id);
    assert.equal(message.type, "text");
    assert.equal(message.text.body, "Olá!");
    assert.equal(message.from, CUSTOMER);
    return id;
  }

  /** Other kinds that a customer can write. */
  async receivedKinds() {
    const kinds = {
      "button reply": [
        { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "yes", title: "Yes" } } },
        (one) => assert.equal(one.interactive.buttonReply.id, "yes"),
      ],
      "list reply": [
        { type: "interactive", interactive: { type: "list_reply", list_reply: { id: "am", title: "Morning" } } },
        (one) => assert.equal(one.interactive.listReply.id, "am"),
      ],
      location: [
        { type: "location", location: { latitude: 37.48, longitude: -122.14, name: "HQ" } },
        (one) => assert.equal(one.location.name, "HQ"),
      ],
      contacts: [
        { type: "contacts", contacts: [{ name: { formatted_name: "Ana Lima" } }] },
        (one) => assert.equal(one.contacts[0].name.formattedName, "Ana Lima"),
      ],
    };
    for (const [name, [message, check]] of Object.entries(kinds)) {
      await this.step(`received: ${name}`, async () => {
        const id = await this.steering.writes({ message });
        check(await this.webhooks.message((one) => one.id === id));
      });
    }
    await this.step("received: file", async () => {
      const [type, file] = FILES.image;
      const path = `/customers/${CUSTOMER}/files?kind=image`;
      const { id } = await this.steering.ask(path, file, { "content-type": type });
      const message = await this.webhooks.message((one) => one.id === id);
      // By itself the SDK shows the token to its own company's hosts only.
      const got = await this.wa.media.download({ mediaId: message.image.id, auth: "always" });
      assert.deepEqual(Buffer.from(got), file);
    });
  }

  async upload(kind) {
    const [type, file] = FILES[kind];
    const blob = new Blob([file], { type });
    const input = { phoneNumberId: this.phoneNumberId, type, file: blob, fileName: kind };
    return (await this.wa.media.upload(input)).id;
  }

  /** A file goes up, is told of, comes down as it was, and is deleted. */
  async files() {
    const [type, file] = FILES.image;
    const mediaId = await this.upload("image");
    const told = await this.wa.media.get({ mediaId });
    assert.equal(told.mimeType, type);
    assert.equal(told.sha256, createHash("sha256").update(file).digest("hex"));
    const got = await this.wa.media.download({ mediaId, auth: "always" });
    assert.deepEqual(Buffer.from(got), file);
    assert.equal((await this.wa.media.delete({ mediaId })).success, true);
    await assert.rejects(this.wa.media.get({ mediaId }), { name: "GraphApiError", code: 100 });
  }

  async messages(question) {
    const media = {};
    for (const kind of Object.keys(FILES)) {
      await this.step(`upload: ${kind}`, async () => {
        media[kind] = await this.upload(kind);
      });
    }
    for (const [name, method, input, wanted] of messages(question, media)) {
      await this.step(`message: ${name}`, () =>
        this.arrives(
          () => this.wa.messages[method]({ phoneNumberId: this.phoneNumberId, to: TO, ...input }),
          wanted,
        ),
      );
    }
  }

  /** A customer is written to by the id that Meta made of them for this business. */
  async byUserId() {
    const { phoneNumberId } = this;
    const { user_id: recipient } = await this.steering.ask(`/customers/${CUSTOMER}`, "{}");
    const text = { phoneNumberId, recipient, body: "by id" };
    await this.arrives(() => this.wa.messages.sendText(text), { recipient, text: { body: "by id" } });
  }

  /** Who follows the link into a group gets what is sent there. The SDK has no call to make one. */
  async group() {
    const { phoneNumberId } = this;
    const ask = (method, path, body) => this.wa.request(method, path, { body, responseType: "json" });
    const product = { messaging_product: "whatsapp" };
    await ask("POST", `${phoneNumberId}/groups`, { ...product, subject: "Peers" });
    const { data } = await ask("GET", `${phoneNumberId}/groups`);
    const [{ id }] = data.groups;
    const { invite_link: link, inviteLink } = await ask("GET", `${id}/invite_link`);
    const follow = JSON.stringify({ link: link ?? inviteLink });
    assert.equal((await this.steering.ask(`/customers/${CUSTOMER}/groups`, follow)).joined, true);
    const text = { phoneNumberId, to: id, recipientType: "group", body: "To all" };
    const sent = await this.arrives(() => this.wa.messages.sendText(text), {
      recipient_type: "group",
      to: id,
      text: { body: "To all" },
    });
    const status = await this.webhooks.status((one) => one.id === sent && one.status === "read");
    assert.equal(status.recipientParticipantId, CUSTOMER);
    await ask("DELETE", id);
  }

  /** A number is verified by the code that it got. */
  async verification() {
    const { businessAccountId } = this;
    const body = { cc: "55", phone_number: "11777770001", verified_name: "Shop" };
    const path = `${businessAccountId}/phone_numbers`;
    const { id } = await this.wa.request("POST", path, { body, responseType: "json" });
    const number = { phoneNumberId: id };
    const { phoneNumbers } = this.wa;
    await phoneNumbers.requestCode({ ...number, codeMethod: "SMS", language: "en_US" });
    await assert.rejects(phoneNumbers.verifyCode({ ...number, code: "1" }), { code: 136025 });
    const { code } = await this.steering.ask(`/numbers/${id}/code`);
    assert.equal((await phoneNumbers.verifyCode({ ...number, code })).success, true);
    assert.equal((await phoneNumbers.register({ ...number, pin: "000111" })).success, true);
  }

  /** What becomes of a message is told, in all its stages. */
  async statuses() {
    const id = await this.arrives(
      () =>
        this.wa.messages.sendText({
          phoneNumberId: this.phoneNumberId,
          to: TO,
          body: "followed",
          bizOpaqueCallbackData: "order 17",
        }),
      { text: { body: "followed" } },
    );
    for (const stage of ["sent", "delivered", "read"]) {
      const status = await this.webhooks.status((one) => one.id === id && one.status === stage);
      assert.equal(status.bizOpaqueCallbackData, "order 17");
      assert.equal(status.recipientId, CUSTOMER);
    }
  }

  async receipts() {
    const messageId = await this.received();
    const input = { phoneNumberId: this.phoneNumberId, messageId };
    assert.equal((await this.wa.messages.markRead(input)).success, true);
    const typing = { ...input, typingIndicator: { type: "text" } };
    assert.equal((await this.wa.messages.markRead(typing)).success, true);
  }

  /** What Meta refuses is refused, with its codes, and reaches nobody. */
  async refusals() {
    const send = (to, more = {}) =>
      this.wa.messages.sendText({ phoneNumberId: this.phoneNumberId, to, body: "b", ...more });
    const stranger = new WhatsAppClient({ baseUrl: this.steering.base, accessToken: "wrong" });
    const text = { phoneNumberId: this.phoneNumberId, to: TO, body: "b" };
    await assert.rejects(stranger.messages.sendText(text), { name: "GraphApiError", code: 190 });
    await assert.rejects(send("+16505559999"), { name: "GraphApiError", code: 131047 });
    const before = (await this.steering.inbox()).length;
    await assert.rejects(send(TO, { body: "x".repeat(4097) }), { name: "GraphApiError" });
    assert.equal((await this.steering.inbox()).length, before);
  }

  /** A template of a kind is created, reviewed, listed, sent and deleted. */
  async template(definition, filled, wanted) {
    const { businessAccountId } = this;
    const { name, language } = definition;
    const built = TemplateDefinition.buildTemplateDefinition(definition);
    const { id } = await this.wa.templates.create({ businessAccountId, ...built });
    const listed = await this.wa.templates.list({ businessAccountId, name });
    const found = listed.data.find((one) => one.id === id);
    assert.equal(found.status, "APPROVED");
    assert.equal(found.components.length, definition.components.length);
    await this.webhooks.waitFor(
      (one) => one.raw.messageTemplateStatusUpdate ?? [],
      // By name: the id is a number there, and JavaScript reads it without its last digits.
      (one) => one.messageTemplateName === name && one.event === "APPROVED",
    );
    // Its builder knows fewer kinds than its call passes on.
    const template = filled.components
      ? { name, language: { code: language }, ...filled }
      : buildTemplateSendPayload({ name, language, ...filled });
    await this.arrives(
      () =>
        this.wa.messages.sendTemplate({ phoneNumberId: this.phoneNumberId, to: TO, template }),
      { type: "template", template: { name, components: wanted } },
    );
    assert.equal((await this.wa.templates.delete({ businessAccountId, name })).success, true);
    const left = await this.wa.templates.list({ businessAccountId, name });
    assert.deepEqual(left.data.filter((one) => one.id === id), []);
  }

  /** The SDK asks for a template below its account, where Meta has no such path. */
  async templateByItself() {
    const { businessAccountId } = this;
    const components = [{ type: "BODY", text: "Hello." }];
    const template = { name: "kapso_one", language: "en_US", category: "UTILITY", components };
    const { id } = await this.wa.templates.create({ businessAccountId, ...template });
    await assert.rejects(this.wa.templates.get({ businessAccountId, templateId: id }), {
      name: "GraphApiError",
    });
    const told = await this.wa.request("GET", id, { responseType: "json" });
    assert.equal(told.name, template.name);
    assert.equal((await this.wa.templates.delete({ businessAccountId, name: template.name })).success, true);
  }

  /** A number's profile is changed, and told as it is now. */
  async profile() {
    const { phoneNumberId } = this;
    const { businessProfile } = this.wa.phoneNumbers;
    const wanted = { about: "Open", websites: ["https://example.com/"] };
    await businessProfile.update({ phoneNumberId, ...wanted });
    const { data } = await businessProfile.get({ phoneNumberId, fields: "about,websites" });
    holds(data[0], wanted);
  }

  /** A number is taken off and registered again; between, it sends nothing. */
  async registration() {
    const { phoneNumberId } = this;
    const text = { phoneNumberId, to: TO, body: "b" };
    await this.wa.phoneNumbers.register({ phoneNumberId, pin: "000111" });
    await this.wa.phoneNumbers.deregister({ phoneNumberId });
    await assert.rejects(this.wa.messages.sendText(text), { code: 133010 });
    await this.wa.phoneNumbers.register({ phoneNumberId, pin: "000111" });
    await this.arrives(() => this.wa.messages.sendText(text), { text: { body: "b" } });
  }

  async all() {
    await this.step("webhook: signature", () => this.signatures());
    const question = await this.step("received: text", () => this.received());
    await this.receivedKinds();
    await this.step("message: by user id", () => this.byUserId());
    await this.step("message: to a group", () => this.group());
    await this.step("files", () => this.files());
    await this.messages(question);
    await this.step("webhook: statuses", () => this.statuses());
    await this.step("receipts", () => this.receipts());
    await this.step("refusals", () => this.refusals());
    // The SDK has no resumable upload, and the simulator does not look at examples.
    for (const [name, definition, filled, wanted] of templates("4::aW1hZ2U=:handle")) {
      await this.step(`template: ${name}`, () => this.template(definition, filled, wanted));
    }
    await this.step("template: by itself", () => this.templateByItself());
    await this.step("profile", () => this.profile());
    await this.step("registration", () => this.registration());
    await this.step("verification", () => this.verification());
    // But for the one that was signed with another secret, here.
    await this.step("webhook: all of them verified", () => assert.equal(this.webhooks.refused, 1));
    return this.report;
  }
}

function version() {
  const lock = JSON.parse(readFileSync(new URL("package-lock.json", import.meta.url)));
  return lock.packages["node_modules/@kapso/whatsapp-cloud-api"].version;
}

async function main([command, ...options]) {
  const webhooks = new Webhooks();
  await webhooks.listen();
  const simulator = spawn(command, [...options, "--callback", webhooks.url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const lines = createInterface({ input: simulator.stdout });
    const gone = once(simulator, "exit").then(() => {
      throw new Error("the simulator is gone");
    });
    const [line] = await Promise.race([once(lines, "line"), gone]);
    gone.catch(() => {}); // Later it is ended on purpose.
    const { steps, failed } = await new Drive(JSON.parse(line), webhooks).all();
    console.log(JSON.stringify({ kapso: version(), steps, failed, ok: failed.length === 0 }));
    return failed.length === 0 ? 0 : 1;
  } finally {
    simulator.kill("SIGINT");
    webhooks.server.close();
    webhooks.server.closeAllConnections();
  }
}

if (process.argv.length < 3) {
  console.error("usage: node drive.mjs COMMAND…");
  process.exitCode = 2;
} else {
  process.exitCode = await main(process.argv.slice(2));
}
