import { type Header, headerOf, headerProblems } from '../message/header.js';
import type { Hl7Message } from '../message/message.js';
import { readConsumption } from './consumption.js';
import { ItemReader, type Notes } from './item-reader.js';
import { readMovement } from './movement.js';
import type { MessageRule, SenderProfile } from './profile.js';
import type { Finding, Reading } from './reading.js';
import { readRequisition } from './requisition.js';
import { type ItemScope, itemsOf, wholeMessage } from './scope.js';

/**
 * What a message means by its sender's profile: proposed records, each value with its path, or findings for a person.
 * Pure, and never throws.
 */
export function readByProfile(profile: SenderProfile, message: Hl7Message): Reading {
  const notes: Notes = { findings: [], passedOver: [], read: new Set() };
  const nothing = { records: [], requisitions: [], movements: [] };
  const header = headerOf(message);
  notes.findings.push(...headerFindings(profile, message, header));
  if (notes.findings.length > 0) return close(notes, nothing);
  if (!(profile.processing as string[]).includes(header.processing)) {
    const because = `MSH-11 is ${header.processing}; profile ${profile.name} takes ${profile.processing.join(', ')}`;
    notes.passedOver.push({ item: 'message', because });
    return close(notes, nothing);
  }
  const rule = ruleFor(profile, header);
  if (rule === undefined) {
    notes.findings.push(unknownType(profile, header));
    return close(notes, nothing);
  }
  const reader = (scope: ItemScope): ItemReader => new ItemReader(profile, message, scope, notes);
  return close(notes, { ...nothing, ...readByRule(rule, header, message, reader, notes) });
}

type Records = Partial<Pick<Reading, 'records' | 'requisitions' | 'movements'>>;

function readByRule(
  rule: MessageRule,
  header: Header,
  message: Hl7Message,
  reader: (scope: ItemScope) => ItemReader,
  notes: Notes,
): Records {
  switch (rule.does) {
    case 'nothing':
      notes.passedOver.push({ item: 'message', because: rule.because });
      return {};
    case 'movement':
      return { movements: readMovement(rule, header.event, reader(wholeMessage(message))) };
    case 'consumption':
    case 'requisition': {
      const items = itemsOf(message, rule.item.each, rule.item.opens);
      if (items.length === 0) notes.findings.push(noItem(rule.item.each, rule.type));
      return rule.does === 'consumption'
        ? { records: items.flatMap((item) => readConsumption(rule, reader(item))) }
        : { requisitions: items.flatMap((item) => readRequisition(rule, reader(item))) };
    }
  }
}

function close(notes: Notes, records: Pick<Reading, 'records' | 'requisitions' | 'movements'>): Reading {
  return { ...records, findings: notes.findings, passedOver: notes.passedOver, read: [...notes.read] };
}

function ruleFor(profile: SenderProfile, { type, event }: Header): MessageRule | undefined {
  return profile.messages.find((rule) => rule.type === `${type}^${event}`);
}

function headerFindings(profile: SenderProfile, message: Hl7Message, header: Header): Finding[] {
  const problems = headerProblems(message).map((problem): Finding => ({ owner: 'sender', ...problem }));
  const { application, facility } = profile.sender;
  if (header.sender.application === application && header.sender.facility === facility) return problems;
  const value = `${header.sender.application} / ${header.sender.facility}`;
  const sentence =
    `The message is from ${value} (MSH-3, MSH-4) and profile ${profile.name} is for ${application} / ${facility}. ` +
    'Whoever keeps the profiles must see which one is meant.';
  return [...problems, { code: 103, owner: 'profile', path: 'MSH-3', value, message: sentence }];
}

function unknownType(profile: SenderProfile, { type, event }: Header): Finding {
  const known = profile.messages.some((rule) => rule.type.startsWith(`${type}^`));
  const taken = profile.messages.map((rule) => rule.type).join(', ');
  return {
    code: known ? 201 : 200,
    owner: 'profile',
    path: 'MSH-9',
    value: `${type}^${event}`,
    message:
      `${type}^${event} is not taken from this sender; profile ${profile.name} takes ${taken}. Whoever keeps the ` +
      'profile must add it, or the sender must stop sending it.',
  };
}

function noItem(segment: string, type: string): Finding {
  return {
    code: 100,
    owner: 'sender',
    path: segment,
    message:
      `The ${type} has no ${segment} segment, and each ${segment} stands for one item, so it says nothing. The team of ` +
      'the sending system must see what is missing.',
  };
}
