import { Bot, InlineKeyboard } from 'grammy';

const [, , token = '', apiRoot = 'http://127.0.0.1:8081'] = process.argv;
const bot = new Bot(token, { client: { apiRoot } });
const keyboard = new InlineKeyboard().text('Roll a die', 'roll');
const roll = () => 1 + Math.floor(Math.random() * 6);
bot.command('start', (ctx) => ctx.reply('Welcome!', { reply_markup: keyboard }));
bot.callbackQuery('roll', (ctx) => ctx.answerCallbackQuery(`You rolled ${roll()}`));
bot.on('message:text', (ctx) => ctx.reply(ctx.msg.text));
await bot.start();
