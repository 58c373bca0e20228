/** Effects in the world outside, once decided on: durable intents, tried until their outcome is recorded. */
package dev.recount.reaction;
