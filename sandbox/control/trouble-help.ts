/** What the bot did, and what may go wrong for it. */
export function troubleHelp(url: string): string {
  return `WHAT THE BOT DOES
  Its newest calls (also ?method=sendMessage&limit=10); DELETE forgets them:
    curl -s ${url}/sandbox/calls

WHAT GOES WRONG
  With the next call of a method ("*": any but those about how updates come); also "times":N (null: until it is called
  off), "share":0.1 (the part of the calls that is hit) and "chat_id":<id>:
    curl -s ${url}/sandbox/faults -d '{"method":"sendMessage","kind":"flood","retry_after":3}'
    curl -s ${url}/sandbox/faults -d '{"method":"*","kind":"error","error_code":502,"times":2}'
    curl -s ${url}/sandbox/faults -d '{"method":"editMessageText","kind":"reset","when":"after"}'
    curl -s ${url}/sandbox/faults -d '{"method":"sendMessage","kind":"slow","delay_ms":3000}'
    curl -s ${url}/sandbox/faults -d '{"method":"*","kind":"flood","retry_after":1,"share":0.1,"times":null}'
    "when" is "instead" or "after" for an error, "before" or "after" for the others.
    What is still to come: GET /sandbox/faults; DELETE calls all of it off, DELETE /sandbox/faults/<id> one.
  The next updates are delivered twice, with null all of them; GET tells how many, DELETE calls it off:
    curl -s ${url}/sandbox/doubled-updates -d '{"times":1}'
  Everything is away for a while and then back with all it knew, after this answer:
    curl -s ${url}/sandbox/restarts -d '{"down_ms":2000}'
  A chat takes a burst of calls and then one a second; more first wait, then get a 429. GET tells whether:
    curl -s -X PUT ${url}/sandbox/traffic -d '{"on":true}'
    also: interval_ms, burst, longest_hold_ms. The calls above tell how long each was held.
`;
}
