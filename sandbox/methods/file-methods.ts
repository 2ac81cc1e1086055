import { badRequest } from '../errors/api-error.ts';
import { fileJson } from '../world/message-json.ts';
import { defineMethod } from './method.ts';

export const fileMethods = [
  defineMethod('getFile', 'file_id', ({ world, parameters }) => {
    const file = world.files.find(parameters.text('file_id'));
    if (file === null) throw badRequest('invalid file_id');
    return { ...fileJson(file), file_path: file.path };
  }),
];
