/** What lies between receiving an activity (an HTTP request) and doing what it says (a job): the job's form. */
package social.dunlin.federation.inbox;
