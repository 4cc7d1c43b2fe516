import { channelContract } from '../contract.ts';
import { openDiscord } from './under-test.ts';

channelContract('discord', openDiscord);
