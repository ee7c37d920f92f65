package dev.rotor.agent.weaving;

/**
 * What a method looks like.
 *
 * @param isAsync declared to return a future that Rotor may replace
 * @param keyIndex index of the {@code @ApiKey} parameter, or -1
 * @param baseUrlIndex index of the {@code @BaseUrl} parameter, or -1
 */
record MethodShape(boolean isAsync, boolean isSynchronized, int keyIndex, int baseUrlIndex) {}
