"""The rules by which MT-HOPE rewrites what it carries: those of the parts that are switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hope_core.config.models.twistor import TwistorSettings

TIED = r"$u_t = \lambda_t \odot u_{t-1} + b_t,\qquad \lambda_t = f_t\, e^{-i\varphi_t}$"
UNTIED = r"$(\omega, \pi)_t = R(\varphi_t)\, (f_t\, \omega_{t-1},\ g_t\, \pi_{t-1}) + b_t$"
TITANS = r"$s_t = f_t \odot s_{t-1} + i_t \odot c_t,\qquad h_t = o_t \odot \tanh s_t$"
MOBIUS = r"$(\omega, \pi) \leftarrow A_k (\omega, \pi) + \gamma_k J(\omega, \pi),\ \det A_k = 1$"
GIVEN = r"$M_t = M_{t-1}(I - \beta_t k_t k_t^\top) + \eta_t v_t k_t^\top$"
MADE = r"$M_t = M_{t-1}(I - \beta_t k_t k_t^\top) + \eta_t \hat v_t k_t^\top,\ \hat v_t = M(v_t)$"
SLOTS = r"$M_{t,k} = (1 - \alpha_k a_{t,k})\, M_{t-1,k} + \alpha_k a_{t,k} W_v x_t$"


def twistor_rules(settings: TwistorSettings) -> tuple[str, ...]:
    """The rules of these settings, in the order of the model's parts, as mathtext."""
    recurrence, modification = settings.recurrence, settings.self_modification
    parallel = UNTIED if recurrence.gates == "untied" else TIED
    rules = {
        TITANS if recurrence.cell == "titans" else parallel: True,
        MOBIUS: settings.mobius.enabled and recurrence.cell == "parallel",
        MADE if modification.self_referential else GIVEN: modification.enabled,
        SLOTS: settings.memory_system.slots > 0,
    }
    return tuple(rule for rule, used in rules.items() if used)
