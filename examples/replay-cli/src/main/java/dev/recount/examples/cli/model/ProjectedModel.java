package dev.recount.examples.cli.model;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;

/**
 * A projector and its codec as a model, shown as the state itself. Immutable where these are.
 *
 * @param projector computes the state
 * @param codec reads the events
 */
record ProjectedModel<S, E>(Projector<S, E> projector, EventCodec<E> codec) implements Model<S, E> {}
