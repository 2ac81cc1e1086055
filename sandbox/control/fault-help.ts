/** The part of the help about calls and faults. */
export function faultHelp(url: string): string {
  return `WHAT THE BOT DOES
  Its newest calls (also ?method=sendMessage&limit=10); DELETE clears them:
    curl -s ${url}/sandbox/calls

FAULTS
  For the next call of a method ("*": any but getUpdates and those of webhooks); also "times":N (null: until it is
  removed), "share":0.1 (the share of calls that is hit) and "chat_id":<id>:
    curl -s ${url}/sandbox/faults -d '{"method":"sendMessage","kind":"flood","retry_after":3}'
    curl -s ${url}/sandbox/faults -d '{"method":"*","kind":"error","error_code":502,"times":2}'
    curl -s ${url}/sandbox/faults -d '{"method":"editMessageText","kind":"reset","when":"after"}'
    curl -s ${url}/sandbox/faults -d '{"method":"sendMessage","kind":"slow","delay_ms":3000}'
    curl -s ${url}/sandbox/faults -d '{"method":"*","kind":"flood","retry_after":1,"share":0.1,"times":null}'
    "when" is "instead" or "after" for an error, "before" or "after" for the others.
    Pending faults: GET /sandbox/faults; DELETE removes all, DELETE /sandbox/faults/<id> one.
  The next updates are delivered twice, with null all updates; GET shows how many, DELETE stops it:
    curl -s ${url}/sandbox/doubled-updates -d '{"times":1}'
  The server restarts after this answer: it is unavailable for a while and keeps its state:
    curl -s ${url}/sandbox/restarts -d '{"down_ms":2000}'
  Limits per chat: a burst of calls, then one a second; more are delayed, then refused with a 429. GET shows them:
    curl -s -X PUT ${url}/sandbox/traffic -d '{"on":true}'
    also: interval_ms, burst, longest_hold_ms. The calls above show how long each was delayed.
`;
}
