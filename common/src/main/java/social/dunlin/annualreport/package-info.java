/** What a person did in a year: computed from what is stored here, by a job, once they ask. */
package social.dunlin.annualreport;
