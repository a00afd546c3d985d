/**
 * Who may call what: every resource method declares its {@link social.dunlin.api.access.Access}, the filter
 * enforces it before the method runs, {@link social.dunlin.api.access.Caller} says who calls. A method
 * without a declaration answers 500: nothing is open by omission.
 */
package social.dunlin.api.access;
