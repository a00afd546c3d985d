/** The job that counts somebody's year. */
package social.dunlin.federation.worker.annualreport;
