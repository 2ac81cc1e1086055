import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ApiError } from '../errors/api-error.ts';
import { disconnectSignal } from '../http/disconnect-signal.ts';
import { PersonError } from '../people/person-error.ts';
import { readBody } from '../requests/read-body.ts';
import { ControlError } from './control-error.ts';
import { helpText } from './help.ts';
import type { ControlContext, ControlRequest, Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { snakeCase } from './snake-case.ts';

/** Photos have at most 10 MB; base64 makes them a third longer. */
const BODY_LIMIT_BYTES = 14 << 20;

const FAULT_PATHS = /^\/sandbox\/(?:faults|doubled-updates|traffic|restarts)/;

export interface ControlAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** `/sandbox/…`: people and faults, for the chat page, curl and tests in another process. */
export class ControlEndpoint {
  readonly #context: ControlContext;

  constructor(context: ControlContext) {
    this.#context = context;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const answer = await this.#answer(request, response, url);
    if (response.destroyed) return;
    response.writeHead(answer.status, { 'Content-Type': answer.type });
    response.end(answer.body);
  }

  /** Also when the client disconnects before it has the answer. */
  #afterResponse(response: ServerResponse, task: () => Promise<void>): void {
    response.once('close', () => {
      task().catch((error: unknown) => {
        process.emitWarning(error instanceof Error ? error : String(error));
      });
    });
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<ControlAnswer> {
    try {
      if (/^\/sandbox\/?$/.test(url.pathname)) return help(request);
      const { route, path } = findRoute(request.method ?? 'GET', url.pathname);
      const result = await route.run({
        context: this.#context,
        path,
        query: url.searchParams,
        body: await readContent(request),
        signal: disconnectSignal(response),
        afterResponse: (task) => {
          this.#afterResponse(response, task);
        },
      } satisfies ControlRequest);
      this.#notifyFaultChange(request.method, url.pathname);
      return json(200, snakeCase(result));
    } catch (error) {
      return refusal(error);
    }
  }

  /** Every open page shows the faults that one of them changed. */
  #notifyFaultChange(verb: string | undefined, pathname: string): void {
    if (verb === 'GET' || !FAULT_PATHS.test(pathname)) return;
    this.#context.world.feed.add({ kind: 'faults' });
  }
}

function help(request: IncomingMessage): ControlAnswer {
  const url = `http://${request.headers.host ?? '127.0.0.1'}`;
  return { status: 200, type: 'text/plain; charset=utf-8', body: helpText(url) };
}

function findRoute(verb: string, pathname: string): { route: Route; path: Record<string, string> } {
  const here = ROUTES.filter((route) => route.path.test(pathname));
  const route = here.find((candidate) => candidate.verb === verb);
  if (here.length === 0) throw new ControlError(404, 'no such address; GET /sandbox/ lists all');
  if (route === undefined) {
    const verbs = here.map((candidate) => candidate.verb).join(' or ');
    throw new ControlError(405, `${verbs} is wanted here`);
  }
  return { route, path: { ...route.path.exec(pathname)?.groups } };
}

/** An image stays bytes. Anything else is JSON, whatever its content type: curl sends JSON as a form. */
async function readContent(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, BODY_LIMIT_BYTES);
  if (body.length === 0) return undefined;
  if (/^image\//.test(request.headers['content-type'] ?? '')) return body;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ControlError(400, 'the body is no JSON');
  }
}

function refusal(error: unknown): ControlAnswer {
  if (error instanceof ControlError) return json(error.status, { error: error.message });
  if (error instanceof PersonError) return json(409, { error: error.message });
  if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
  if (error instanceof ApiError) return json(error.code, { error: error.message });
  return json(500, { error: error instanceof Error ? error.stack : String(error) });
}

function json(status: number, value: unknown): ControlAnswer {
  return { status, type: 'application/json', body: `${JSON.stringify(value, null, 2)}\n` };
}
