// Serves an OpenAPI file with Prism, operation by operation, while a command runs.
//
//     node serve.mjs OPENAPI_FILE COMMAND [ARGUMENT…]
//
// Fifteen of Meta's paths have the form `/{version}/{id}`, and Prism takes the first that fits.
// So each operation has servers of its own here: one that judges what is asked, and two that
// judge nothing and answer with a chosen example, or with what the schema alone tells them. A
// front before them keeps to one port:
//
//     /front/{any}/operations        what there is
//     /front/{any}/verdict           what Prism said to the last request
//     /{operation}/ask/…             to the judge
//     /{operation}/answer/{n}/…      the n-th answer
//
// The command gets the front's address as its last argument; its exit code becomes ours.

import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";

import prismCore from "@stoplight/prism-core";
import prismHttp from "@stoplight/prism-http";
import prismServer from "@stoplight/prism-http-server";

const HOST = "127.0.0.1";
const GENERATED = "(generated)";
const [file, command, ...rest] = process.argv.slice(2);
if (!command) {
  console.error("usage: node serve.mjs OPENAPI_FILE COMMAND [ARGUMENT…]");
  process.exit(2);
}

const silent = prismCore.createLogger("prism", { level: "silent" });

/** The URL of a Prism that knows one operation; `prism mock FILE` but for that. */
async function prism(operation, { validateRequest = false, ignoreExamples = false }) {
  const server = prismServer.createServer([operation], {
    cors: false,
    components: { logger: silent },
    config: {
      isProxy: false,
      validateRequest,
      validateResponse: true,
      checkSecurity: validateRequest,
      // What is asked wrongly is refused all the same; an answer that breaks the file's own
      // schema is noted in a header, and comes.
      errors: false,
      mock: { dynamic: false, ignoreExamples },
    },
  });
  return server.listen(0, HOST);
}

/** The answers that mean success: each example, and what Prism makes of the schema alone. */
function answersOf(operation) {
  const answers = operation.responses.filter(({ code }) => /^2/.test(code));
  const examples = answers.flatMap(({ code, contents = [] }) =>
    contents.flatMap(({ examples = [] }) => examples.map(({ key }) => ({ code, name: key }))),
  );
  return [...examples, ...answers.map(({ code }) => ({ code, name: GENERATED }))];
}

const operations = await Promise.all(
  (await prismHttp.getHttpOperationsFromSpec(file)).map(async (operation) => ({
    method: operation.method.toUpperCase(),
    path: operation.path,
    told: operation,
    answers: answersOf(operation),
    judge: await prism(operation, { validateRequest: true }),
    teller: await prism(operation, {}),
    maker: await prism(operation, { ignoreExamples: true }),
  })),
);

/** What Prism found: in its own answer when it refused, else in a header. */
function violations(response, body) {
  const header = response.headers["sl-violations"];
  if (header) {
    try {
      return JSON.parse(header);
    } catch {
      return [{ location: ["request"], message: header }];
    }
  }
  if (!`${response.headers["content-type"]}`.includes("problem+json")) return [];
  const problem = JSON.parse(body);
  const found = problem.validation ?? [{ location: [], message: `${problem.title}: ${problem.detail}` }];
  return found.map((one) => ({ ...one, location: ["request", ...one.location] }));
}

/** The names that a schema declares, at any depth. */
function declared(schema, names, seen = new Set()) {
  if (!schema || typeof schema !== "object" || seen.has(schema)) return names;
  seen.add(schema);
  for (const name of Object.keys(schema.properties ?? {})) names.add(name);
  for (const part of Object.values(schema)) declared(part, names, seen);
  return names;
}

/** The names of a value's members, at any depth. */
function* members(value, place = "body") {
  if (!value || typeof value !== "object") return;
  for (const [name, member] of Object.entries(value)) {
    const inner = `${place}.${name}`;
    if (!Array.isArray(value)) yield [name, inner];
    yield* members(member, inner);
  }
}

/** What stands in a request, and in neither schema nor example: Prism takes most of that. */
function undeclared({ request: told = {} }, url, type, body) {
  const query = new Set((told.query ?? []).map(({ name }) => name));
  const found = [...new URL(url).searchParams.keys()]
    .filter((name) => !query.has(name))
    .map((name) => `query.${name}`);
  if (!`${type}`.includes("json")) return found;
  const names = new Set();
  for (const { schema, examples = [] } of told.body?.contents ?? []) {
    declared(schema, names);
    for (const [name] of members(examples.map(({ value }) => value))) names.add(name);
  }
  const others = [...members(JSON.parse(body))].filter(([name]) => !names.has(name));
  return [...found, ...others.map(([, place]) => place)];
}

/** Whether Prism tried several schemas for the body, and lists what is wrong with each. */
function isOfBranches({ location, code }) {
  return code === "oneOf" && location.join(".") === "request.body";
}

/**
 * A Prism that takes only the kind of body that this one says it is: what it finds is what is
 * wrong, without what is wrong with it as any other kind.
 */
async function branchOf(operation, asked) {
  const { type } = JSON.parse(asked);
  const { contents, ...body } = operation.request.body;
  const [{ schema, ...content }] = contents;
  const isOfType = (one) => one.properties?.type?.enum?.includes(type);
  const branch = schema.oneOf.find((one) => [one, ...(one.allOf ?? [])].some(isOfType));
  if (!branch) return undefined;
  const reduced = { ...content, schema: { $schema: schema.$schema, ...branch } };
  const request = { ...operation.request, body: { ...body, contents: [reduced] } };
  return prism({ ...operation, request }, { validateRequest: true });
}

let verdict = {};

async function pass(request, asked, base, path, prefer) {
  const headers = { ...request.headers, host: new URL(base).host, ...(prefer && { prefer }) };
  const onward = http.request(`${base}${path}`, { method: request.method, headers });
  onward.end(asked);
  const [response] = await once(onward, "response");
  return [response, Buffer.concat(await response.toArray())];
}

function json(reply, value) {
  reply.setHeader("content-type", "application/json");
  reply.end(JSON.stringify(value));
}

const front = http.createServer(async (request, reply) => {
  const [, place, kind, ...segments] = request.url.split("/");
  if (place === "front") {
    const told = operations.map(({ method, path, answers }) => ({ method, path, answers }));
    return json(reply, segments[0] === "verdict" ? verdict : { operations: told });
  }
  const operation = operations[place];
  try {
    let [base, prefer] = [operation.judge, undefined];
    if (kind === "answer") {
      const { code, name } = operation.answers[segments.shift()];
      base = name === GENERATED ? operation.maker : operation.teller;
      prefer = name === GENERATED ? `code=${code}` : `code=${code}, example=${name}`;
    }
    const asked = Buffer.concat(await request.toArray());
    const path = `/${segments.join("/")}`;
    const [response, body] = await pass(request, asked, base, path, prefer);
    const type = request.headers["content-type"];
    verdict = {
      violations: violations(response, body),
      undeclared: undeclared(operation.told, `${base}${path}`, type, asked),
    };
    const branch = verdict.violations.some(isOfBranches) && (await branchOf(operation.told, asked));
    if (branch) {
      const [response, body] = await pass(request, asked, branch, path);
      const found = violations(response, body);
      if (found.length > 0) verdict.violations = found;
    }
    delete response.headers["transfer-encoding"];
    reply.writeHead(response.statusCode, { ...response.headers, "content-length": body.length });
    reply.end(body);
  } catch (error) {
    reply.writeHead(500).end(`the front failed: ${error}`);
  }
});
front.listen(0, HOST);
await once(front, "listening");

const child = spawn(command, [...rest, `http://${HOST}:${front.address().port}`], {
  stdio: "inherit",
});
const [code] = await once(child, "exit");
process.exit(code ?? 1);
