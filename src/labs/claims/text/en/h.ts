import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  81: {
    claim: 'Networks are described by the seven layers of OSI, or by the four of TCP/IP.',
    truth: 'Right in the main. The Internet\'s layers are link, internet, transport and application; OSI\'s session and presentation have no header of their own in a TCP/IP packet.',
  },
  82: {
    claim: 'MAC addresses are unique in the world; data goes to all computers on the LAN by broadcast.',
    truth: 'Addresses with the local bit set are chosen by anybody: virtual machines, containers and phones do so. And a switch sends a unicast frame only to the port where its receiver is; what is broadcast is the question for it (ARP).',
  },
  83: {
    claim: 'Each process has a port number of its own.',
    truth: 'A connection is found by four numbers: both addresses and both ports. A thousand connections of a server share its one port, one process may have many ports, and several processes may share one.',
  },
  84: {
    claim: 'The link layer of TCP/IP contains OSI\'s physical layer; "SMPT", and other slips of the pen.',
    truth: 'The TCP/IP model says nothing of wires: its link layer is whatever carries IP packets. It is SMTP; 无理方式 should be 物理方式, and 长用户 should be 常用.',
  },
  85: {
    claim: 'Each HTTP request needs a three-way handshake.',
    truth: 'Since HTTP/1.1 connections persist by default: many requests, one handshake. That HTTP has no state says nothing about the connection below it.',
  },
  86: {
    claim: 'TCP is connection-oriented and unicast.',
    truth: 'Right. A SYN to a broadcast or multicast address must be discarded in silence.',
  },
  87: {
    claim: 'The pictures of the notes.',
    truth: 'Their addresses belong to other people\'s servers and many load no more. Every diagram here is drawn from packets that have been sent.',
  },
};
