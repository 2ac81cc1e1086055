import { faultHelp } from './fault-help.ts';

/** The text of `GET /sandbox/`: how to act as a person with curl. */
export function helpText(url: string): string {
  return `An emulator of Telegram's Bot API. A bot uses ${url} as its API root; here you act as its people.
The chat page at ${url}/ shows the people as phones side by side. These addresses do the same for curl.
Bodies and answers are JSON. A request that cannot be done is answered with a 4xx and {"error": reason}.

PEOPLE
  A new person:
    curl -s ${url}/sandbox/people -d '{"first_name":"Ann","language_code":"en"}'
    also: last_name, username, is_premium, id. All: GET /sandbox/people, one: GET /sandbox/people/<id>
  Writes to the bot (the first message starts it):
    curl -s ${url}/sandbox/people/<id>/messages -d '{"text":"/start"}'
    also: reply_to_message_id. Deletes a message: DELETE /sandbox/people/<id>/messages/<message_id>
  Taps a button of the newest message with a keyboard: by label, callback data or [row, column] from 0:
    curl -s ${url}/sandbox/people/<id>/taps -d '{"button":"⚔️ Duel 1 on 1"}'
    curl -s ${url}/sandbox/people/<id>/taps -d '{"button":[0,1],"message_id":7}'
    a tap on a button that is gone: {"button":"raw data","message_id":7,"force":true}
${otherActionsHelp(url)}  Blocks and unblocks the bot:
    curl -s -X POST ${url}/sandbox/people/<id>/block
    curl -s -X POST ${url}/sandbox/people/<id>/unblock

WHAT THEY SEE
  The chat as it is now, with buttons and toasts ("drawn" is for reading):
    curl -s ${url}/sandbox/people/<id>/chat
  Events after event N (sent, edited, deleted, toast, action, pinned, unpinned, reaction), waiting up to 25 s:
    curl -s '${url}/sandbox/people/<id>/events?after=N&timeout=25'

${streamHelp(url)}
${faultHelp(url)}`;
}

function otherActionsHelp(url: string): string {
  return `  Sends a sticker or a photo (a PNG or a JPEG; also JSON with "photo" in base64 and "caption"):
    curl -s ${url}/sandbox/people/<id>/stickers -d '{"emoji":"👍"}'
    curl -s ${url}/sandbox/people/<id>/photos -H 'Content-Type: image/png' --data-binary @picture.png
  Changes the name or the language; edits an own message:
    curl -s -X PATCH ${url}/sandbox/people/<id> -d '{"first_name":"Anna","language_code":"ru"}'
    curl -s -X PATCH ${url}/sandbox/people/<id>/messages/<message_id> -d '{"text":"/menu"}'
`;
}

function streamHelp(url: string): string {
  return `  Events of all people and calls of the bot, as Server-Sent Events; Last-Event-ID or ?after=<id> continues from there:
    curl -sN ${url}/sandbox/stream
  The profile and the commands of the bot; the bytes of a photo: GET /sandbox/files/<file_id>
    curl -s '${url}/sandbox/bot?language=ru'
`;
}
