import type { Json } from './json.ts';

/** The bot as a Telegram user. */
export class BotUser {
  readonly id: number;
  readonly username: string;
  readonly firstName: string;

  constructor(token: string, username: string, firstName: string) {
    this.id = Number(token.slice(0, token.indexOf(':')));
    this.username = username;
    this.firstName = firstName;
    if (!Number.isSafeInteger(this.id) || this.id <= 0) {
      throw new RangeError('a bot token begins with the number of the bot and a colon');
    }
  }

  json(): Json {
    return { id: this.id, is_bot: true, first_name: this.firstName, username: this.username };
  }

  /** With the fields that only getMe has. */
  fullJson(): Json {
    return {
      ...this.json(),
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_guest_queries: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    };
  }
}
