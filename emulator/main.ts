#!/usr/bin/env node
import { createEmulatorCommand } from './command.ts';

await createEmulatorCommand().parseAsync();
