package dev.rotor.agent.http.apache5async;

import org.apache.hc.client5.http.async.AsyncExecCallback;

/** Callbacks of Rotor's, by which what an exchange sends is told from what begins one. */
interface OwnCallback extends AsyncExecCallback {}
