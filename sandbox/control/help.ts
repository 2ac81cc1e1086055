import { troubleHelp } from './trouble-help.ts';

/** `GET /sandbox/`: how to be a person of the sandbox with curl. */
export function helpText(url: string): string {
  return `A Bot API of your own. Point a bot at ${url} and be its people here.
A browser shows the people as phones side by side at ${url}/ — this is the same for curl.
Bodies and answers are JSON. What cannot be done is answered with a 4xx and {"error": why}.

PEOPLE
  A new person:
    curl -s ${url}/sandbox/people -d '{"first_name":"Ann","language_code":"en"}'
    also: last_name, username, is_premium, id. Everybody: GET /sandbox/people, one: GET /sandbox/people/<id>
  Writes to the bot (the first message is what starts it):
    curl -s ${url}/sandbox/people/<id>/messages -d '{"text":"/start"}'
    also: reply_to_message_id. Takes a message away: DELETE /sandbox/people/<id>/messages/<message_id>
  Taps a button of the newest message with a keyboard; by label, callback data or [row, column] from 0:
    curl -s ${url}/sandbox/people/<id>/taps -d '{"button":"⚔️ Duel 1 on 1"}'
    curl -s ${url}/sandbox/people/<id>/taps -d '{"button":[0,1],"message_id":7}'
    a tap that is not on offer any more: {"button":"raw data","message_id":7,"force":true}
${moreThatPeopleDo(url)}  Blocks and unblocks the bot:
    curl -s -X POST ${url}/sandbox/people/<id>/block
    curl -s -X POST ${url}/sandbox/people/<id>/unblock

WHAT THEY SEE
  The chat as it is now, with buttons and toasts ("drawn" is for reading):
    curl -s ${url}/sandbox/people/<id>/chat
  What happened after event N (sent, edited, deleted, toast, action, pinned, unpinned, reaction), waiting up to 25 s:
    curl -s '${url}/sandbox/people/<id>/events?after=N&timeout=25'

${moreToSee(url)}
${troubleHelp(url)}`;
}

function moreThatPeopleDo(url: string): string {
  return `  Sends a sticker or a photo (a PNG or a JPEG; also JSON with "photo" in base64 and "caption"):
    curl -s ${url}/sandbox/people/<id>/stickers -d '{"emoji":"👍"}'
    curl -s ${url}/sandbox/people/<id>/photos -H 'Content-Type: image/png' --data-binary @picture.png
  Is called something else, or speaks another language, from now on; writes an own message anew:
    curl -s -X PATCH ${url}/sandbox/people/<id> -d '{"first_name":"Anna","language_code":"ru"}'
    curl -s -X PATCH ${url}/sandbox/people/<id>/messages/<message_id> -d '{"text":"/menu"}'
`;
}

function moreToSee(url: string): string {
  return `  All of everybody's, as Server-Sent Events, with the bot's calls; Last-Event-ID or ?after=<id> goes on from there:
    curl -sN ${url}/sandbox/stream
  Who the bot says it is, and its commands; the bytes of a photo: GET /sandbox/files/<file_id>
    curl -s '${url}/sandbox/bot?language=ru'
`;
}
