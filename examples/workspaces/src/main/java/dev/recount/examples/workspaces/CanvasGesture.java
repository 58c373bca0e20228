package dev.recount.examples.workspaces;

/**
 * What somebody does to a picture of the organisation. It changes nothing in it: it is neither stored nor told to others, and neither a log
 * nor {@link Broadcasts} takes one.
 */
public sealed interface CanvasGesture {

    /** A node stands elsewhere in the picture. */
    record NodeDragged(String workspaceId, double x, double y) implements CanvasGesture {}

    /** Another part of the picture is looked at. */
    record ViewportChanged(double x, double y, double zoom) implements CanvasGesture {}

    /** What is below a node is hidden or shown. That is not {@link StructuralEvent.WorkspaceCollapsed}, which ends the children. */
    record NodeFolded(String workspaceId, boolean folded) implements CanvasGesture {}
}
