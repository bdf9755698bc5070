/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import io.amarena.api.settings.SettingsProblem;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The settings files and what is wrong with them, as a service. Any thread. */
@ProviderType
public interface SettingsView {

    /** PIDs whose settings are in force, in order. */
    List<String> inForce();

    /** Problems of files that were refused; their last good settings stay in force. */
    List<SettingsProblem> problems();
}
