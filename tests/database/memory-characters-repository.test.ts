import { describeCharacters } from '../support/characters-contract.ts';
import { MemoryCharactersRepository } from '../support/memory-characters-repository.ts';

describeCharacters(() => new MemoryCharactersRepository());
